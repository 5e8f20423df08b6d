import type { Duplex } from "node:stream";
import { type CallOptions, withinLimits } from "@bowsprit/core";
import { protocol } from "./admit-peer.ts";
import { createGreeting } from "./create-greeting.ts";
import { createFrameStream, type FrameStream } from "./frame-stream.ts";
import { createNonce, isNonce, isSameProof, proofOf, type Purpose } from "./proof.ts";

const attempt = "greet the daemon";

/** What the caller knows and wants; `timeoutMs` is 5,000 by default, as on the other side. */
export interface GreetOptions extends CallOptions {
  readonly secret: string;
  readonly purpose: Purpose;
}

/**
 * The caller's half of the greeting. An impostor that listens in the daemon's place learns nothing: the caller proves itself only to
 * who has done so first. The stream is paused afterwards, no byte of it lost; it is destroyed when the greeting fails.
 * @throws BowspritError `ENDPOINT_FORBIDDEN` for an impostor, `CONNECTION_LOST`, `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE`,
 * `DEADLINE_EXCEEDED`, `ABORTED`.
 */
export async function greetDaemon(stream: Duplex, { secret, purpose, ...limits }: GreetOptions): Promise<void> {
  const frames = createFrameStream(stream);
  try {
    await withinLimits(attempt, greet(frames, secret, purpose), { timeoutMs: 5000, ...limits });
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function greet(frames: FrameStream, secret: string, purpose: Purpose): Promise<void> {
  const { read, wrong } = createGreeting(frames, attempt);
  const clientNonce = createNonce();
  frames.send("hello", { nonce: clientNonce, protocol });
  const { nonce: serverNonce, mac } = await read("proof");
  if (!isNonce(serverNonce)) throw wrong("it sent no nonce");
  const input = { secret, clientNonce, serverNonce };
  if (!isSameProof(proofOf("server", input), mac)) throw wrong("it does not know the secret of this home");
  frames.send("proof", { mac: proofOf(`client ${purpose}`, input), purpose });
  await read("ready");
  frames.detach();
}
