import type { Readable } from "node:stream";

/** All bytes up to the end of a stream; rejects where it breaks. */
export async function readAll(stream: Readable): Promise<Buffer> {
  return Buffer.concat((await Array.fromAsync(stream)) as Buffer[]);
}
