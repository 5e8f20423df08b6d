import type { FileHandle } from "node:fs/promises";
import { throwIfAborted } from "./throw-if-aborted.ts";
import { mismatch } from "./verify-blob.ts";

/** A part of a file. */
export interface FileRange {
  readonly offset: number;
  readonly size: number;
}

const bufferBytes = 262_144;

/**
 * The bytes of a part of a file, through one buffer: a chunk is valid until the next one is asked for.
 * @throws BowspritError `DIGEST_MISMATCH` when the file ends before, `ABORTED`.
 */
export async function* readRange(
  file: FileHandle,
  { offset, size }: FileRange,
  { attempt, signal }: { readonly attempt: string; readonly signal: AbortSignal | undefined },
): AsyncGenerator<Buffer, void, void> {
  const buffer = Buffer.allocUnsafe(Math.min(bufferBytes, size));
  for (let at = 0; at < size;) {
    throwIfAborted(signal, attempt);
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - at), offset + at);
    if (bytesRead === 0) throw mismatch(attempt, `the file ended after ${at} of ${size} bytes`);
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The whole of a small part of a file. */
export async function readWhole(
  file: FileHandle,
  range: FileRange,
  options: { readonly attempt: string; readonly signal: AbortSignal | undefined },
): Promise<Buffer> {
  const whole = Buffer.alloc(range.size);
  let at = 0;
  for await (const chunk of readRange(file, range, options)) at += chunk.copy(whole, at);
  return whole;
}
