import { readdir } from "node:fs/promises";
import { posix } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type InsidePath, resolveInside } from "./resolve-inside.ts";

/** A file that is to be written. */
export interface ListedFile {
  /** Where it goes, relative, with `/`. */
  readonly path: string;
  /** Where it is, all links followed. */
  readonly from: string;
}

export interface FolderListing {
  readonly files: readonly ListedFile[];
  /** What is neither a file nor a folder and was left out. */
  readonly skipped: readonly string[];
}

/** What an ordinary working folder never has more of; the same bound that archives have. */
const maxEntries = 100_000;

/**
 * Lists the files below some paths of a folder, links followed where they stay inside, each file once. Sockets, pipes and devices that
 * a running backend left in an author's folder are left out, not refused.
 * @throws BowspritError `SOURCE_REFUSED` for a link that leads out, nowhere or in a circle, and for more than 100,000 entries.
 */
export async function listFolder(
  location: string,
  roots: readonly string[],
  signal?: AbortSignal,
): Promise<FolderListing> {
  const files = new Map<string, ListedFile>();
  const skipped: string[] = [];

  const visit = async (path: string, above: readonly string[]): Promise<void> => {
    signal?.throwIfAborted();
    const inside = await resolveInside(location, path).catch(refuseMissing);
    if (files.size + skipped.length >= maxEntries) throw refused(location, `it holds more than ${maxEntries} files`);
    if (inside.kind === "file") files.set(path, { path, from: inside.path });
    else if (inside.kind === "other") skipped.push(path);
    else await visitFolder(path, inside, above);
  };

  const visitFolder = async (path: string, { path: real }: InsidePath, above: readonly string[]): Promise<void> => {
    if (above.includes(real)) throw refused(location, `${path} is a link to a folder that holds it`);
    for (const name of (await readdir(real)).toSorted()) {
      if (name === ".git" && real === location) continue;
      await visit(path === "." ? name : posix.join(path, name), [...above, real]);
    }
  };

  for (const root of roots) await visit(root, []);
  return { files: [...files.values()].toSorted(byPath), skipped };
}

/** By bytes, not by language: a digest is made of this order. */
function byPath(a: ListedFile, b: ListedFile): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}

/** Whatever was listed and cannot be found is a dangling link, or went away meanwhile. */
function refuseMissing(error: unknown): never {
  if (!BowspritError.is(error, ErrorCode.SourceNotFound)) throw error;
  throw new BowspritError(ErrorCode.SourceRefused, error.message, {
    cause: error,
    ...(error.hint !== undefined && { hint: error.hint }),
  });
}

function refused(location: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `read the folder ${location}: ${why}`, {
    hint: "Install from a folder that holds the extension and nothing else.",
  });
}
