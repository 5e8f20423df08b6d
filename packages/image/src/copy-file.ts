import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { WrittenFile } from "./extension-image.ts";

const bufferBytes = 1024 * 1024;
const quietHint = "Try again when nothing writes to the folder.";

/**
 * Copies a regular file into a new one through one buffer, hashing what it writes. The copy is 0600, or 0700 where the owner may run
 * the original. A file that changes meanwhile is an error: the copy would be neither the old nor the new one.
 */
export async function copyFile(from: string, to: string, maxBytes: number): Promise<Omit<WrittenFile, "path">> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await using source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const before = await source.stat({ bigint: true });
  if (!before.isFile()) throw refused(from, "it is no longer a regular file", quietHint);
  if (before.size > maxBytes)
    throw refused(from, "the extension is over 2 GiB", "Take out what the extension does not need: 2 GiB is the most.");
  const mode = (Number(before.mode) & 0o100) === 0 ? 0o600 : 0o700;
  await using target = await open(to, "wx", mode);
  const { sha256, size } = await copyHashing(source, target);
  const after = await source.stat({ bigint: true });
  if (BigInt(size) !== before.size || after.size !== before.size || after.mtimeNs !== before.mtimeNs)
    throw refused(from, "it changed while it was read", quietHint);
  return { sha256, size, mode };
}

async function copyHashing(source: FileHandle, target: FileHandle): Promise<{ sha256: string; size: number }> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let size = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, bufferBytes);
    if (bytesRead === 0) return { sha256: hash.digest("hex"), size };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    for (let written = 0; written < bytesRead;) written += (await target.write(chunk, written)).bytesWritten;
    size += bytesRead;
  }
}

function refused(path: string, why: string, hint: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `copy ${path}: ${why}`, { hint });
}
