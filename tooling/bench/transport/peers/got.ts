// got as it comes, but that connections are kept and nothing is sent a second time.
import { Agent } from "node:http";
import got from "got";
import type { OpenPeer } from "../peer.ts";

export const open: OpenPeer = (socket, { method, path, headers, body, answer }) => {
  const http = new Agent({ keepAlive: true });
  const client = got.extend({ agent: { http }, enableUnixSockets: true, retry: { limit: 0 } });
  const url = `http://unix:${socket}:${path}`;
  const options = { method, headers, ...(body !== undefined && { body }) };
  return {
    async send() {
      const { statusCode: status, body: received } =
        answer === "json"
          ? await client(url, { ...options, responseType: "text" })
          : await client(url, { ...options, responseType: "buffer" });
      return { status, body: received };
    },
    [Symbol.asyncDispose]: async () => http.destroy(),
  };
};
