import type { Duplex } from "node:stream";
import { withinLimits } from "@bowsprit/core";
import { createGreeting } from "./create-greeting.ts";
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

const attempt = "greet a peer";

/**
 * The daemon's half of the greeting: proves first that it knows the secret of the home, then asks the same of the peer, and answers
 * with what the connection is for. The stream is paused then, no byte of it lost. One wrong step, or none in time, destroys it.
 * @throws BowspritError `ENDPOINT_FORBIDDEN`, `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE`, `CONNECTION_LOST`, `DEADLINE_EXCEEDED`.
 */
export async function admitPeer(stream: Duplex, { secret, timeoutMs = 5000 }: AdmitOptions): Promise<Purpose> {
  const frames = createFrameStream(stream);
  try {
    return await withinLimits(attempt, greet(frames, secret), { timeoutMs });
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function greet(frames: FrameStream, secret: string): Promise<Purpose> {
  const { read, wrong } = createGreeting(frames, attempt);
  const hello = await read("hello");
  if (hello["protocol"] !== protocol || !isNonce(hello["nonce"])) throw wrong("it does not say hello as we do");
  const input = { secret, clientNonce: hello["nonce"], serverNonce: createNonce() };
  frames.send("proof", { nonce: input.serverNonce, mac: proofOf("server", input) });
  const { purpose, mac } = await read("proof");
  if (purpose !== "messages" && purpose !== "http") throw wrong("it does not say what it wants");
  if (!isSameProof(proofOf(`client ${purpose}`, input), mac)) throw wrong("it does not know the secret");
  frames.detach();
  frames.send("ready", {});
  return purpose;
}
