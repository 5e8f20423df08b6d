import { Agent, type IncomingMessage, request } from "node:http";
import type { OpenPeer } from "../peer.ts";

export const open: OpenPeer = (socketPath, { method, path, headers, body, answer }) => {
  const agent = new Agent({ keepAlive: true });
  const ask = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request({ agent, socketPath, path, method, headers }, resolve).once("error", reject).end(body);
    });
  return {
    async send() {
      const response = await ask();
      const bytes = await readAll(response);
      return { status: response.statusCode ?? 0, body: answer === "json" ? bytes.toString() : bytes };
    },
    [Symbol.asyncDispose]: async () => agent.destroy(),
  };
};

/** By its events: half the cost of `node:stream/consumers`. */
function readAll(response: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  response
    .on("data", (chunk: Buffer) => chunks.push(chunk))
    .once("end", () => resolve(Buffer.concat(chunks)))
    .once("error", reject);
  return promise;
}
