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

/** What the client knows, and what it wants the stream for: a word that the server knows. */
export interface ClientProofOptions extends ProofOptions {
  /** Lower case, digits and dashes; the default is `stream`. */
  readonly purpose?: string;
}

const attempt = "prove who listens";

/**
 * The dialling end of a mutual proof, for channels between programs of one user. The server proves first that it knows the secret, so
 * that whoever listens in its place, as anybody may on a pipe's name, learns nothing and gets nothing. The stream is paused afterwards,
 * no byte of it lost; it is destroyed when the proof fails. `timeoutMs` is 5,000 by default, for all of it.
 * @throws BowspritError `ENDPOINT_FORBIDDEN` for an impostor, `MESSAGE_TOO_LARGE`, `CONNECTION_LOST`, `DEADLINE_EXCEEDED`, `ABORTED`,
 * `INVALID_ARGUMENT` for a purpose that is no word.
 */
export async function proveAsClient(stream: Duplex, options: ClientProofOptions): Promise<void> {
  const { secret, purpose = "stream", signal, timeoutMs = defaultTimeoutMs } = options;
  if (!isPurpose(purpose)) {
    throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: ${JSON.stringify(purpose)} is no purpose`);
  }
  const lines = createLineStream(stream, attempt);
  try {
    await withinLimits(attempt, prove(lines, secret, purpose), { ...(signal && { signal }), timeoutMs });
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function prove(lines: LineStream, secret: string | Uint8Array, purpose: string): Promise<void> {
  const clientNonce = createNonce();
  lines.send(`${greeting} ${clientNonce}`);
  const [serverNonce, mac] = (await lines.next()).split(" ");
  if (!isNonce(serverNonce)) throw impostor("it does not answer as a server of ours does");
  const input = { secret, clientNonce, serverNonce };
  if (!isSameProof(proofOf("server", input), mac)) throw impostor("it does not know the secret");
  lines.send(`${purpose} ${proofOf(`client ${purpose}`, input)}`);
  if ((await lines.next()) !== "ready") throw impostor("it proved itself and is not ready");
  lines.detach();
}

function impostor(why: string): BowspritError {
  return new BowspritError(ErrorCode.EndpointForbidden, `${attempt}: ${why}`, {
    hint: "Another program listens there, or it has another secret: see which one, and start ours anew.",
  });
}
