import { once } from "node:events";
import type { Writable } from "node:stream";

/**
 * Writes chunk after chunk and waits where the reader is slower. A reader that has gone away (`| head`) ends the writing without an
 * error, as every Unix tool does.
 */
export async function writeAll(target: Writable, chunks: AsyncIterable<Uint8Array | string>): Promise<void> {
  const gone = new AbortController();
  const onError = (): void => gone.abort();
  target.on("error", onError);
  try {
    for await (const chunk of chunks) {
      if (gone.signal.aborted) return;
      if (!target.write(chunk)) await once(target, "drain", { signal: gone.signal });
    }
    await new Promise<void>((resolve) => target.write("", () => resolve()));
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    target.off("error", onError);
  }
}

/** One JSON document on a line of its own. */
export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
