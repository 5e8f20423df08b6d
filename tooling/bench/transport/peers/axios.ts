// axios as it comes, but that connections are kept and it leaves the parsing to us, as all others do.
import { Agent } from "node:http";
import axios from "axios";
import type { OpenPeer } from "../peer.ts";

export const open: OpenPeer = (socketPath, { method, path, headers, body, answer }) => {
  const httpAgent = new Agent({ keepAlive: true });
  const client = axios.create({ adapter: "http", baseURL: "http://localhost", socketPath, httpAgent });
  const responseType = answer === "json" ? "text" : "arraybuffer";
  return {
    async send() {
      const { status, data } = await client.request<string | Buffer>({
        url: path,
        method,
        headers,
        data: body,
        responseType,
      });
      return { status, body: data };
    },
    [Symbol.asyncDispose]: async () => httpAgent.destroy(),
  };
};
