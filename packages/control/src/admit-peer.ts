import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode, isJsonObject, withinLimits } from "@bowsprit/core";
import { createFrameStream, type FrameStream } from "./frame-stream.ts";
import { createNonce, isNonce, isSameProof, proofOf, type Purpose } from "./proof.ts";

/** What a daemon knows, and how long it waits. */
export interface AdmitOptions {
  readonly secret: string;
  /** Milliseconds for the whole exchange; the default, 5,000, is ample for two programs of one computer. */
  readonly timeoutMs?: number;
}

/** The version of what is said before, and on, an admitted connection. */
export const protocol = 1;

/**
 * The daemon's half of the greeting: proves first that it knows the secret of the home, then asks the same of the peer, and answers
 * with what the connection is for. The stream is paused then, no byte of it lost. One wrong step, or none in time, destroys it.
 * @throws BowspritError `ENDPOINT_FORBIDDEN`, `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE`, `CONNECTION_LOST`, `DEADLINE_EXCEEDED`.
 */
export async function admitPeer(stream: Duplex, { secret, timeoutMs = 5000 }: AdmitOptions): Promise<Purpose> {
  const frames = createFrameStream(stream);
  try {
    return await withinLimits("greet a peer", greet(frames, secret), { timeoutMs });
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function greet(frames: FrameStream, secret: string): Promise<Purpose> {
  const hello = await read(frames, "hello");
  if (hello["protocol"] !== protocol || !isNonce(hello["nonce"])) throw wrong("it does not say hello as we do");
  const input = { secret, clientNonce: hello["nonce"], serverNonce: createNonce() };
  frames.send("proof", { nonce: input.serverNonce, mac: proofOf("server", input) });
  const { purpose, mac } = await read(frames, "proof");
  if (purpose !== "messages" && purpose !== "http") throw wrong("it does not say what it wants");
  if (!isSameProof(proofOf(`client ${purpose}`, input), mac)) throw wrong("it does not know the secret");
  frames.detach();
  frames.send("ready", {});
  return purpose;
}

async function read(frames: FrameStream, expected: string): Promise<Readonly<Record<string, unknown>>> {
  const { type, data } = await frames.next();
  if (type !== expected || !isJsonObject(data)) throw wrong(`it sent no ${expected} message`);
  return data;
}

function wrong(why: string): BowspritError {
  return new BowspritError(ErrorCode.EndpointForbidden, `greet a peer: ${why}`);
}
