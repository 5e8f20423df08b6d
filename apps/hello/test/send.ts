import { type IncomingHttpHeaders, request } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Iterable<Uint8Array>;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  json(): unknown;
}

/** One HTTP request through a Unix socket, by nothing but Node. */
export async function send(socketPath: string, path: string, sent: Sent = {}): Promise<Answered> {
  const { method = "GET", body = [] } = sent;
  // Without the header Node sends no framing for the body of a GET or DELETE.
  const headers = { ...sent.headers, ...(sent.body !== undefined && { "transfer-encoding": "chunked" }) };
  const outgoing = request({ socketPath, path, method, headers, agent: false });
  const answered = Promise.withResolvers<Answered>();
  outgoing.once("error", answered.reject).once("response", (response) => {
    buffer(response).then((bytes) => {
      const text = bytes.toString("utf8");
      const json = (): unknown => JSON.parse(text);
      answered.resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text, json });
    }, answered.reject);
  });
  pipeline(Readable.from(typeof body === "string" ? [Buffer.from(body)] : body), outgoing).catch(answered.reject);
  return answered.promise;
}
