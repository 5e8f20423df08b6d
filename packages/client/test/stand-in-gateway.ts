import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach } from "vitest";
import { createPeer, type Peer } from "./peer.ts";

export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** As much of the gateway as the client can see. It is closed after the test, and waits for its connections to end. */
export interface StandInGateway {
  readonly base: string;
  /** What came, oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** Takes the next request for a WebSocket; nothing is answered before `accept` or `refuse`. */
  nextPeer(): Promise<Peer>;
}

export type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

export async function startGateway(answer: Answer = (response) => response.end()): Promise<StandInGateway> {
  const received: ReceivedRequest[] = [];
  const peers: Peer[] = [];
  const waiting: ((peer: Peer) => void)[] = [];
  const server = createServer((request, response) => {
    void read(request).then((whole) => {
      received.push(whole);
      answer(response, whole);
    });
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request, socket: Socket) => {
    const peer = createPeer(request, socket);
    const taker = waiting.shift();
    if (taker === undefined) peers.push(peer);
    else taker(peer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUps.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    if (server.listening) await once(server, "close");
  });
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async nextPeer() {
      return peers.shift() ?? new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** Answers with a status, a type and a body. */
export function answerWith(status: number, type: string | undefined, body: string): Answer {
  return (response) => {
    response.writeHead(status, type === undefined ? {} : { "Content-Type": type });
    response.end(body);
  };
}

async function read(request: IncomingMessage): Promise<ReceivedRequest> {
  const { method, url, headers } = request;
  return { method, url, headers, body: await buffer(request) };
}
