import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { fromNodeError } from "@bowsprit/core";
import { createByteBudget } from "./byte-budget.ts";
import { decompress } from "./decompress.ts";
import type { PlainFile } from "./open-plain-file.ts";
import { readRange } from "./read-range.ts";

export interface UnpackOptions {
  /** A private folder of ours, on a disk that has room. */
  readonly staging: string;
  readonly attempt: string;
  readonly signal: AbortSignal | undefined;
  readonly onBytes: ((bytes: number) => void) | undefined;
}

/**
 * Uncompresses an archive into a file that has no name by the time something is in it: it goes when it is closed, however we end.
 * @throws BowspritError `SOURCE_REFUSED` for what is damaged or swells too much, `HOME_UNUSABLE` for a full disk, `ABORTED`.
 */
export async function unpackArchive(
  file: PlainFile,
  compression: "gzip" | "zstd",
  options: UnpackOptions,
): Promise<PlainFile> {
  const { attempt } = options;
  const path = join(options.staging, `archive-${randomUUID()}.tar`);
  const handle = await open(path, "wx+", 0o600).catch((error: unknown) => {
    throw fromNodeError(error, { attempt: `${attempt}: write ${path}` });
  });
  try {
    await rm(path);
    const budget = createByteBudget();
    let size = 0;
    for await (const chunk of decompress(readStored(file, options), compression, attempt)) {
      budget.take(chunk.length, attempt);
      for (let at = 0; at < chunk.length;)
        at += (await handle.write(chunk, at, chunk.length - at, size + at)).bytesWritten;
      size += chunk.length;
    }
    return { handle, size, [Symbol.asyncDispose]: async () => handle.close() };
  } catch (error) {
    await handle.close();
    throw fromNodeError(error, { attempt });
  }
}

async function* readStored(file: PlainFile, options: UnpackOptions): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of readRange(file.handle, { offset: 0, size: file.size }, options)) {
    options.onBytes?.(chunk.length);
    yield chunk;
  }
}
