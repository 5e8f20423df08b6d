import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import { resolveInside } from "../resolve-inside.ts";

/** A regular file that was opened, and how long it is. */
export interface PlainFile extends AsyncDisposable {
  readonly handle: FileHandle;
  readonly size: number;
}

/**
 * Opens a file for reading. A pipe or a device is neither waited for nor read.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED` for what is not a regular file.
 */
export async function openPlainFile(path: string, attempt: string, flags = 0): Promise<PlainFile> {
  const codes = {
    ENOENT: ErrorCode.SourceNotFound,
    ENOTDIR: ErrorCode.SourceNotFound,
    EACCES: ErrorCode.SourceRefused,
    ELOOP: ErrorCode.SourceRefused,
  };
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | flags).catch((error: unknown) => {
    throw fromNodeError(error, { attempt, codes, hint: "Check the path." });
  });
  const stats = await handle.stat();
  if (stats.isFile()) return { handle, size: stats.size, [Symbol.asyncDispose]: async () => handle.close() };
  await handle.close();
  throw notPlain(attempt);
}

/**
 * Opens a file of a folder that somebody else filled: itself a regular file, and reached without any link.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`.
 */
export async function openPlainFileInside(location: string, path: string): Promise<PlainFile> {
  const attempt = `read ${path} of the folder ${location}`;
  const inside = await resolveInside(location, path);
  if (inside.kind !== "file" || inside.path !== join(location, path)) throw notPlain(attempt);
  return openPlainFile(inside.path, attempt, constants.O_NOFOLLOW);
}

function notPlain(attempt: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: not a regular file`, {
    hint: "Put the file itself there: links, pipes and devices are not read.",
  });
}
