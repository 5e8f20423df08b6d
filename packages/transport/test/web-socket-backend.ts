import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { createServiceClient, type Dialer, type ServiceClient } from "../src/index.ts";

let cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
});

/** A client of a real server of `ws` on a real socket, which would compress and chooses the last subprotocol it is offered. */
export async function startWebSocketBackend(
  accept: (socket: WebSocket, request: IncomingMessage) => void,
): Promise<ServiceClient> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-ws-"));
  cleanUps.push(() => rm(folder, { recursive: true }));
  const path = join(folder, "s");
  const server = createServer();
  const sockets = new WebSocketServer({
    server,
    perMessageDeflate: true,
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  });
  sockets.on("connection", accept);
  server.listen(path);
  await once(server, "listening");
  cleanUps.push(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    await once(server, "close");
  });
  const dialled: Socket[] = [];
  const client = createServiceClient({ dialer: socketDialer(dialled), address: { scheme: "unix", path } });
  cleanUps.push(async () => {
    await client[Symbol.asyncDispose]();
    expect(dialled.filter(({ closed }) => !closed)).toEqual([]);
  });
  return client;
}

function socketDialer(dialled: Socket[]): Dialer {
  return {
    name: "socket",
    scheme: "unix",
    traits: Object.freeze({ halfClose: true, leavesFile: true, maxAddressBytes: null, checksOwner: false }),
    async connect(address, options) {
      if (address.scheme !== "unix") throw new Error("not a socket");
      const stream = connect({ path: address.path, allowHalfOpen: true });
      dialled.push(stream);
      await once(stream, "connect", options);
      return stream;
    },
  };
}
