import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

const sockets: WebSocketServer = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  maxPayload: 16 * 1024 * 1024,
});

/**
 * The peer `http` when it is asked to switch: `/socket` is a WebSocket that sends every message back, `/numbers/N` one that sends N
 * numbers and closes, `/not` refuses with 403, and whatever else is asked for it switches to, and then sends every byte back.
 */
export function serveUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
  const [, kind, detail] = (request.url ?? "").split("/");
  stream.on("error", () => {});
  if (kind === "socket" || kind === "numbers") {
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, Number(detail)));
    return;
  }
  if (kind === "not") {
    stream.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 2\r\n\r\nno");
    return;
  }
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${request.headers.upgrade}\r\n\r\n`,
  );
  stream.unshift(head);
  stream.pipe(stream);
}

function serve(socket: WebSocket, numbers: number): void {
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  for (let number = 0; number < numbers; number += 1) socket.send(String(number));
  if (numbers > 0) socket.close();
}
