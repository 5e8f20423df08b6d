// undici.request as the pool has it: without a URL to read in each call it is at its cheapest.
import { Pool } from "undici";
import type { OpenPeer } from "../peer.ts";

export const open: OpenPeer = (socketPath, { method, path, headers, body: sent = null, answer }) => {
  const pool = new Pool("http://localhost", { socketPath });
  return {
    async send() {
      const { statusCode: status, body } = await pool.request({ method, path, headers, body: sent });
      return { status, body: answer === "json" ? await body.text() : await body.bytes() };
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
};
