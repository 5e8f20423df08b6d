import { BowspritError, ErrorCode } from "@bowsprit/core";
import { flaws } from "./flaw.ts";
import { splitEntryPath } from "./split-entry-path.ts";
import { binaryOf, showPath } from "./text-of.ts";
import type { TreeNode } from "./tree-node.ts";

/** One question to a tree: which paths, and how messages begin. */
export interface Inquiry {
  readonly attempt: string;
  /** Binary strings, relative; "" is the whole image. Each once. */
  readonly roots: readonly string[];
  /** Notes one step on the way. @throws BowspritError `SOURCE_REFUSED` after ten million: links can ask for more than a life's work. */
  step(path: string): void;
}

export interface Refusal {
  readonly why: string;
  readonly hint: string;
}

const maxSteps = 10_000_000;

/** @throws BowspritError `SOURCE_REFUSED` for a path that leads out of the image. */
export function createInquiry(attempt: string, paths: readonly string[]): Inquiry {
  const roots = new Set<string>();
  for (const path of paths.map(binaryOf)) {
    const { folder, name, flaw } = splitEntryPath(path);
    if (flaw === "leavesImage" || flaw === "tooLong") throw refusal(attempt, path, flaws[flaw]);
    roots.add(folder === "" ? name : `${folder}/${name}`);
  }
  let steps = 0;
  return {
    attempt,
    roots: [...roots],
    step(path) {
      steps += 1;
      if (steps <= maxSteps) return;
      throw refusal(attempt, path, {
        why: "its links lead through too many folders",
        hint: "Put the files themselves there.",
      });
    },
  };
}

/** @throws BowspritError `SOURCE_REFUSED` for what has a flaw. */
export function refuseFlaw({ attempt }: Inquiry, path: string, { flaw }: TreeNode): void {
  if (flaw !== undefined) throw refusal(attempt, path, flaws[flaw]);
}

/** The refusal of one path, a binary string. */
export function refusal(attempt: string, path: string, { why, hint }: Refusal): BowspritError {
  const shown = showPath(path === "" ? "." : path);
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: ${shown} cannot be taken from the image: ${why}`, {
    details: { path: shown },
    hint,
  });
}

/** True for a path that is another one, or lies below it. */
export function isWithin(path: string, other: string): boolean {
  return other === "" || path === other || path.startsWith(`${other}/`);
}
