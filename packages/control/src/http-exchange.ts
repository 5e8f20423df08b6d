import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { BowspritError, ErrorCode } from "@bowsprit/core";

/** One request of the control channel's HTTP half, and who must be told when its peer has gone. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Fires when the answer is complete or its reader has gone. */
  readonly signal: AbortSignal;
}

/** Writes a piece of the answer and waits where the reader is slower. Throws once the reader has gone. */
export async function write({ response, signal }: HttpExchange, ...chunks: readonly Uint8Array[]): Promise<void> {
  let hasRoom = true;
  // Not corked: Node's own drain event may never come after that. What is written in one turn goes out together as it is.
  for (const chunk of chunks) hasRoom = response.write(chunk);
  if (!hasRoom) await once(response, "drain", { signal });
}

/**
 * So many bytes of the request's body, which is paused before and after.
 * @throws BowspritError `CONNECTION_LOST` when it ends before.
 */
export function readExactly({ request, signal }: HttpExchange, count: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let missing = count;
  const leave = (): void => {
    request.pause().off("data", onData).off("end", onEnd);
    signal.removeEventListener("abort", onEnd);
  };
  const onData = (chunk: Buffer): void => {
    chunks.push(chunk.subarray(0, missing));
    missing -= chunk.length;
    if (missing > 0) return;
    leave();
    if (missing < 0) request.unshift(chunk.subarray(missing));
    resolve(Buffer.concat(chunks));
  };
  const onEnd = (): void => {
    leave();
    reject(new BowspritError(ErrorCode.ConnectionLost, "read a request: its body ended too early"));
  };
  if (count === 0) resolve(Buffer.alloc(0));
  else if (signal.aborted || request.readableEnded) onEnd();
  else {
    signal.addEventListener("abort", onEnd);
    request.on("data", onData).on("end", onEnd).resume();
  }
  return promise;
}
