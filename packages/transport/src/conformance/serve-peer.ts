import type { Duplex } from "node:stream";
import { pattern } from "./pattern.ts";
import type { Peer, ScriptedAnswer } from "./peer.ts";
import { serveHttp } from "./serve-http.ts";

/** Is the peer at the other end of a stream, which it owns from now on. */
export function servePeer(peer: Peer, stream: Duplex): void {
  stream.on("error", () => {});
  if (peer.kind === "echo") stream.pipe(stream);
  else if (peer.kind === "source") void writeSource(stream, peer.bytes);
  else if (peer.kind === "silent") stream.resume();
  else if (peer.kind === "resets") stream.once("readable", () => setImmediate(() => stream.destroy()));
  else if (peer.kind === "gone") stream.destroy();
  else if (peer.kind === "http") serveHttp(stream);
  else answerByScript(stream, peer.answers);
}

async function writeSource(stream: Duplex, bytes: number): Promise<void> {
  stream.resume();
  const step = 65_536;
  for (let at = 0; at < bytes && !stream.destroyed; at += step) {
    await write(stream, pattern(at, Math.min(step, bytes - at)));
  }
  stream.end();
}

/** Resolves when the bytes have left, or never will. */
async function write(stream: Duplex, bytes: Uint8Array): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.write(bytes, () => resolve());
  await promise;
}

function answerByScript(stream: Duplex, answers: readonly ScriptedAnswer[]): void {
  let received = "";
  let count = 0;
  let turn = Promise.resolve();
  stream.on("data", (chunk: Buffer) => {
    received += chunk.toString("latin1");
    for (let end = received.indexOf("\r\n\r\n"); end !== -1; end = received.indexOf("\r\n\r\n")) {
      received = received.slice(end + 4);
      const answer = answers[Math.min(count++, answers.length - 1)];
      if (answer !== undefined) turn = turn.then(() => give(stream, answer));
    }
  });
}

async function give(stream: Duplex, { text, pieceBytes = text.length, ending }: ScriptedAnswer): Promise<void> {
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0; at < bytes.length && !stream.destroyed; at += pieceBytes) {
    await write(stream, bytes.subarray(at, at + pieceBytes));
  }
  if (ending === "end") stream.end();
  if (ending === "destroy") stream.destroy();
}
