import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode, withinLimits } from "@bowsprit/core";
import { createLineStream, type LineStream } from "./line-stream.ts";
import {
  createNonce,
  defaultTimeoutMs,
  greeting,
  isNonce,
  isPurpose,
  isSameProof,
  proofOf,
  type ProofOptions,
} from "./proof.ts";

const attempt = "prove who dials";

/**
 * The listening end of a mutual proof: proves first that it knows the secret, then asks the same of whoever dialled, and answers with
 * what the stream is for, in the client's word. Nothing that the client says is looked at before. The stream is paused afterwards, no
 * byte of it lost. One wrong step, or none within `timeoutMs` (5,000 by default, for all of it), destroys it.
 * @throws BowspritError `ENDPOINT_FORBIDDEN`, `MESSAGE_TOO_LARGE`, `CONNECTION_LOST`, `DEADLINE_EXCEEDED`, `ABORTED`.
 */
export async function proveAsServer(stream: Duplex, options: ProofOptions): Promise<string> {
  const { secret, signal, timeoutMs = defaultTimeoutMs } = options;
  const lines = createLineStream(stream, attempt);
  try {
    return await withinLimits(attempt, prove(lines, secret), { ...(signal && { signal }), timeoutMs });
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function prove(lines: LineStream, secret: string | Uint8Array): Promise<string> {
  const [hello, clientNonce] = (await lines.next()).split(" ");
  if (hello !== greeting || !isNonce(clientNonce)) throw stranger("it does not begin as a client of ours does");
  const input = { secret, clientNonce, serverNonce: createNonce() };
  lines.send(`${input.serverNonce} ${proofOf("server", input)}`);
  const [purpose, mac] = (await lines.next()).split(" ");
  if (!isPurpose(purpose) || !isSameProof(proofOf(`client ${purpose}`, input), mac)) {
    throw stranger("it does not know the secret");
  }
  lines.detach();
  lines.send("ready");
  return purpose;
}

function stranger(why: string): BowspritError {
  return new BowspritError(ErrorCode.EndpointForbidden, `${attempt}: ${why}`);
}
