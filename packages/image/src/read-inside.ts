import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { resolveInside } from "./resolve-inside.ts";

/**
 * The bytes of a regular file inside a folder.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `MESSAGE_TOO_LARGE`.
 */
export async function readInside(location: string, path: string, maxBytes: number): Promise<Buffer> {
  const attempt = `read ${path} of the folder ${location}`;
  const { path: real, kind } = await resolveInside(location, path);
  if (kind !== "file") throw notFile(attempt);
  // A pipe that took the file's place meanwhile must not make the opening wait.
  await using file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (!(await file.stat()).isFile()) throw notFile(attempt);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes + 1), 0, maxBytes + 1, 0);
  if (bytesRead <= maxBytes) return buffer.subarray(0, bytesRead);
  throw new BowspritError(ErrorCode.MessageTooLarge, `${attempt}: over ${maxBytes} bytes`, {
    hint: "Make the file smaller.",
  });
}

function notFile(attempt: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: not a regular file`, { hint: "Put a file there." });
}
