import { createHash } from "node:crypto";
import { join } from "node:path";
import { BowspritError, ErrorCode, fromNodeError, type Metadata, parseDigest } from "@bowsprit/core";
import { copyFile } from "./copy-file.ts";
import type { WriteOptions, WrittenFile, WrittenImage } from "./extension-image.ts";
import { listFolder } from "./list-folder.ts";
import { namedPaths } from "./named-paths.ts";

/** Two gibibytes: what one extension may bring. */
const maxBytes = 2 * 1024 ** 3;

/** A folder and what its metadata says. */
export interface OpenedFolder {
  readonly location: string;
  readonly metadata: Metadata;
}

/** Copies the files that count into a folder of ours and digests their list. */
export async function writeFolder(folder: OpenedFolder, target: string, options: WriteOptions): Promise<WrittenImage> {
  const { location } = folder;
  try {
    const roots = options.whole ? ["."] : [...namedPaths(folder.metadata), ...options.paths];
    const { files: listed, skipped } = await listFolder(location, roots, options.signal);
    const files: WrittenFile[] = [];
    let left = maxBytes;
    for (const { path, from } of listed) {
      options.signal?.throwIfAborted();
      const written = await copyFile(from, join(target, path), left);
      left -= written.size;
      files.push({ path, ...written });
    }
    return {
      digest: digestOf(files),
      files,
      warnings: skipped.map((path) => `${path} is neither a file nor a folder and was left out`),
    };
  } catch (error) {
    if (options.signal?.aborted === true && Object.is(error, options.signal.reason))
      throw new BowspritError(ErrorCode.Aborted, `copy the folder ${location}: aborted`, { cause: error });
    throw fromNodeError(error, {
      attempt: `copy the folder ${location}`,
      codes: { ENOENT: ErrorCode.SourceRefused, EACCES: ErrorCode.SourceRefused },
    });
  }
}

/** SHA-256 over one line a file: executable or not, size, digest, path. */
function digestOf(files: readonly WrittenFile[]): WrittenImage["digest"] {
  const hash = createHash("sha256");
  for (const { path, sha256, size, mode } of files) {
    if (path.includes("\n"))
      throw new BowspritError(ErrorCode.SourceRefused, `read ${JSON.stringify(path)}: a line break in a name`);
    hash.update(`${mode === 0o700 ? "x" : "-"} ${size} ${sha256} ${path}\n`);
  }
  return parseDigest(`sha256:${hash.digest("hex")}`);
}
