import { once } from "node:events";
import type { Writable } from "node:stream";
import { fromNodeError } from "@bowsprit/core";

/**
 * Writes chunk after chunk and waits where the reader is slower. A reader that has gone away (`| head`) ends the writing without an
 * error, as every Unix tool does.
 * @throws BowspritError for an output that cannot be written, and what the chunks throw.
 */
export async function writeAll(target: Writable, chunks: AsyncIterable<Uint8Array | string>): Promise<void> {
  const gone = new AbortController();
  // The listener stays: what was written last may fail after the last chunk.
  target.on("error", (error) => gone.abort(error));
  try {
    for await (const chunk of chunks) {
      if (gone.signal.aborted) break;
      if (!target.write(chunk)) await once(target, "drain", { signal: gone.signal });
    }
    if (!gone.signal.aborted) await new Promise<void>((resolve) => target.write("", () => resolve()));
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
  const failure: unknown = gone.signal.reason;
  if (failure === undefined || (failure instanceof Error && "code" in failure && failure.code === "EPIPE")) return;
  throw fromNodeError(failure, { attempt: "write standard output" });
}
