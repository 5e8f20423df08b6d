import { limits } from "@bowsprit/core";
import { foldName } from "./fold-name.ts";
import type { ImageFile } from "./image-file.ts";
import { type Inquiry, refusal, refuseFlaw } from "./inquiry.ts";
import { judgeLink } from "./judge-link.ts";
import { judgeName } from "./judge-name.ts";
import { showPath, textOf } from "./text-of.ts";
import type { TreeLeaf } from "./tree-node.ts";

/** What is going to be written, judged as it grows. Paths are binary strings, relative, with `/`. */
export interface Selection {
  /** Takes a file or folder under this path. @throws BowspritError `SOURCE_REFUSED`. */
  claim(path: string): void;
  /** The same, and for every folder above it. */
  claimWithAbove(path: string): void;
  /** Takes a leaf, if it is a regular file. @throws BowspritError `SOURCE_REFUSED`. */
  addFile(path: string, leaf: TreeLeaf): ImageFile;
}

const maxEntries = 100_000;
const maxDepth = 128;

/** Two gibibytes: what one extension may bring. */
const maxBytes = 2 * 1024 ** 3;

export function createSelection(inquiry: Inquiry): Selection {
  const pathByFolded = new Map<string, string>();
  let bytes = 0;

  const refuse = (path: string, why: string, hint: string): never => {
    throw refusal(inquiry.attempt, path, { why, hint });
  };

  const claim = (path: string): void => {
    const flaw = judgeName(path.slice(path.lastIndexOf("/") + 1));
    if (flaw !== undefined) refuse(path, flaw, "Give it a plain name.");
    const text = textOf(path) ?? path;
    if (text.length > limits.pathLength || path.split("/").length > maxDepth)
      refuse(
        path,
        `its path has more than ${limits.pathLength} characters or ${maxDepth} folders`,
        "Use a shorter path.",
      );
    const folded = foldName(text);
    const twin = pathByFolded.get(folded);
    if (twin !== undefined && twin !== path)
      refuse(path, `some computers take its name for that of ${showPath(twin)}`, "Give the two different names.");
    pathByFolded.set(folded, path);
    if (pathByFolded.size > maxEntries)
      refuse(path, `more than ${maxEntries} files and folders are installed with it`, "Install fewer, larger files.");
  };

  return {
    claim,
    claimWithAbove(path) {
      for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) claim(path.slice(0, end));
      claim(path);
    },
    addFile(path, leaf) {
      refuseFlaw(inquiry, path, leaf);
      if (leaf.kind !== "file") refuse(path, "it is neither a file nor a folder", "Take it out, or put a file there.");
      judgeLink(inquiry, path, leaf.link);
      bytes += leaf.size;
      if (bytes > maxBytes) refuse(path, "more than 2 GiB are installed with it", "Install fewer or smaller files.");
      const { layer, ordinal, size } = leaf;
      return { path: textOf(path) ?? path, layer, ordinal, size, mode: (leaf.mode & 0o111) === 0 ? 0o600 : 0o700 };
    },
  };
}
