import { Agent, fetch } from "undici";
import type { OpenPeer } from "../peer.ts";

export const open: OpenPeer = (socket, { method, path, headers, body = null, answer }) => {
  const dispatcher = new Agent({ connect: { socketPath: socket } });
  return {
    async send() {
      const response = await fetch(`http://localhost${path}`, { dispatcher, method, headers, body });
      return { status: response.status, body: answer === "json" ? await response.text() : await response.bytes() };
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
};
