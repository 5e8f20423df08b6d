import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ErrorCode, fromNodeError } from "@bowsprit/core";

/** What the first bytes of a file are judged by. */
const headBytes = 256;
const bufferBytes = 1024 * 1024;

/** What cannot be read as the metadata says is its fault; what refuses us is the home, where both ends lie. */
const codes = {
  ENOENT: ErrorCode.MetadataInvalid,
  ENOTDIR: ErrorCode.MetadataInvalid,
  ELOOP: ErrorCode.MetadataInvalid,
  EACCES: ErrorCode.HomeUnusable,
  EPERM: ErrorCode.HomeUnusable,
};

export interface CopyOptions {
  /** True for a file that is to be run whatever its mode was. */
  readonly executable: boolean;
  /** True where an earlier copy may stand in the way. */
  readonly replace: boolean;
}

export interface CopiedFile {
  readonly sha256: string;
  readonly head: Uint8Array;
}

/**
 * Copies a regular file into a new one, 0700 or 0600, through one buffer, hashing what it writes; neither end may be a link. The copy is not
 * flushed to the disk: whoever commits the folder does that for all of it.
 * @throws BowspritError `METADATA_INVALID` for nothing there, or a link; `HOME_UNUSABLE`.
 */
export async function copyExecutable(
  from: string,
  to: string,
  { executable, replace }: CopyOptions,
): Promise<CopiedFile> {
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    if (replace) await rm(to, { force: true });
    await using source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW);
    const runs = executable || ((await source.stat()).mode & 0o100) !== 0;
    await using target = await open(to, "wx", runs ? 0o700 : 0o600);
    return await copyHashing(source, target);
  } catch (error) {
    throw fromNodeError(error, { attempt: `copy ${from}`, codes });
  }
}

async function copyHashing(source: FileHandle, target: FileHandle): Promise<CopiedFile> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let head: Uint8Array | undefined;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, bufferBytes);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    head ??= Uint8Array.from(chunk.subarray(0, headBytes));
    hash.update(chunk);
    for (let written = 0; written < bytesRead;) written += (await target.write(chunk, written)).bytesWritten;
  }
  return { sha256: hash.digest("hex"), head: head ?? new Uint8Array() };
}
