// Ours, as an SDK uses it: every check of the request and of the socket's file included.
import { createServiceClient } from "@bowsprit/transport";
import { createUnixSocketTransport } from "@bowsprit/transport-unix-socket";
import type { OpenPeer } from "../peer.ts";

export const open: OpenPeer = (socket, { method, path, headers, body, answer }) => {
  const client = createServiceClient({
    dialer: createUnixSocketTransport(),
    address: { scheme: "unix", path: socket },
  });
  return {
    async send() {
      const response = await client.request({ method, path, headers, ...(body !== undefined && { body }) });
      return { status: response.status, body: answer === "json" ? await response.text() : await response.bytes() };
    },
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
};
