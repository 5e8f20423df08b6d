import type { ClientRequest } from "node:http";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type ClientOptions, WebSocket } from "ws";
import type { CallScope } from "./call-scope.ts";
import { maxHeadBytes } from "./http-error.ts";
import type { OwnConnections } from "./own-connections.ts";
import type { ServiceWebSocket } from "./service-web-socket.ts";
import { createWebSocketConnection } from "./web-socket-connection.ts";
import { fromWebSocketError } from "./web-socket-error.ts";
import type { CheckedWebSocket } from "./web-socket-request.ts";

/** How a WebSocket is dialled and how long the answer may take; 0 milliseconds wait for ever. */
export interface OpenWebSocketOptions {
  readonly connections: OwnConnections;
  readonly scope: CallScope;
  readonly firstByteTimeoutMs: number;
}

/**
 * All limits of `ws` that are about memory (ADR 0004). A frame that comes in tiny pieces is kept as that many chunks until it is whole; up
 * to 16,384 an array of them is cheap to take from. A reader that was slow may find a minute of pings in one chunk, and answers them all.
 */
const limits = { perMessageDeflate: false, maxFragments: 1024, maxBufferedChunks: 16_384, maxPendingAutoPongs: 1024 };

/** Opens a WebSocket on a connection of its own. @throws BowspritError the codes of `ServiceClient.webSocket`. */
export async function openWebSocket(
  request: CheckedWebSocket,
  { connections, scope, firstByteTimeoutMs }: OpenWebSocketOptions,
): Promise<ServiceWebSocket> {
  using _ = scope;
  const stream = await connections.dial(scope);
  scope.limit(firstByteTimeoutMs, "the backend did not answer in time");
  return await shakeHands(stream, request, scope);
}

function shakeHands(stream: Duplex, request: CheckedWebSocket, scope: CallScope): Promise<ServiceWebSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<ServiceWebSocket>();
  const { attempt } = scope;
  const socket = new WebSocket("ws://localhost/", [...request.protocols], handshakeOf(stream, request));
  const connection = createWebSocketConnection(socket, {
    stream,
    attempt,
    maxBufferedBytes: request.maxBufferedBytes,
  });
  const refuse = (error: BowspritError): void => {
    stream.destroy();
    reject(error);
  };
  const onError = (reason: unknown): void =>
    refuse(fromWebSocketError(scope.signal.aborted ? scope.signal.reason : reason, attempt));
  socket.on("error", onError);
  socket.once("open", () => {
    socket.off("error", onError);
    resolve(connection);
  });
  socket.once("unexpected-response", (_request, { statusCode: status = 0 }) => {
    const why = `the backend answered ${status} instead of switching to WebSocket`;
    refuse(new BowspritError(ErrorCode.MessageMalformed, `${attempt}: ${why}`, { details: { status } }));
  });
  return promise;
}

function handshakeOf(stream: Duplex, request: CheckedWebSocket): ClientOptions {
  const { path, headers, maxMessageBytes, closeTimeoutMs } = request;
  const options = {
    ...limits,
    maxPayload: maxMessageBytes,
    closeTimeout: closeTimeoutMs,
    maxHeaderSize: maxHeadBytes,
    // What ws and Node's client use of a socket is what every Duplex has.
    createConnection: (() => stream) as ClientOptions["createConnection"] & object,
    finishRequest(message: ClientRequest) {
      // ws would send the path as a URL spells it; ours goes as it is, as in every request.
      message.path = path;
      message.maxHeadersCount = 0;
      for (let index = 0; index < headers.length; index += 2)
        message.appendHeader(headers[index] ?? "", headers[index + 1] ?? "");
      message.end();
    },
  };
  return options;
}
