import type { CallOptions } from "@bowsprit/core";
import type { ForwardRequest } from "./forward-request.ts";
import type { RequestShorthands } from "./request-shorthands.ts";
import type { Forwarding, ResponseSink } from "./response-sink.ts";
import type { EventOptions, ServiceEvent } from "./service-event.ts";
import type { ServiceRequest, ServiceResponse } from "./service-message.ts";
import type { ServiceWebSocket, WebSocketOptions } from "./service-web-socket.ts";
import type { SwitchedResponse, UpgradeRequest } from "./upgrade-request.ts";

/**
 * Speaks HTTP/1.1 to one address over connections of its own. Disposing closes all of them, those that were upgraded included, and fails
 * what is still under way, read or unread, with `ABORTED`; the dialer is the caller's and stays as it is.
 */
export interface ServiceClient extends RequestShorthands, AsyncDisposable {
  /**
   * Sends one request, once: nothing is sent a second time, whatever happens to it. Any status is an answer, not an error. `signal` and
   * `timeoutMs` hold until the last byte of the answer was read; by default only the client's own limits apply.
   * @throws BowspritError what the dialer throws, then `CONNECTION_LOST` when the backend closes too early, `MESSAGE_MALFORMED` when it
   * does not speak HTTP, `MESSAGE_TOO_LARGE` for headers over 16 KiB, `DEADLINE_EXCEEDED`, `ABORTED`, and `INVALID_ARGUMENT` for a
   * request that must not be sent.
   */
  request(request: ServiceRequest, options?: CallOptions): Promise<ServiceResponse>;
  /**
   * The raw form of {@link ServiceClient.request}, for a server that hands an answer on: the status, the fields and the bytes go to the
   * sink as they come, nothing is gathered, and the client's own `headers` are not added. Failures go to the sink, too.
   * @throws BowspritError `INVALID_ARGUMENT` for a request that must not be sent.
   */
  forward(request: ForwardRequest, sink: ResponseSink, options?: CallOptions): Forwarding;
  /**
   * Asks for another protocol, on a connection of its own. A backend that agrees answers with a `stream`; any other answer is an ordinary
   * one, whose connection ends with it. `signal` and `timeoutMs` hold until a stream is handed over and do not touch it afterwards; for an
   * ordinary answer they hold until its last byte.
   * @throws BowspritError the codes of {@link ServiceClient.request}; a switch to another protocol is `MESSAGE_MALFORMED`.
   */
  upgrade(request: UpgradeRequest, options?: CallOptions): Promise<SwitchedResponse | ServiceResponse>;
  /**
   * Opens a WebSocket on a connection of its own.
   * @throws BowspritError the codes of {@link ServiceClient.request}. A backend that answers, but not by switching to WebSocket, does not
   * speak the protocol it was asked for: `MESSAGE_MALFORMED`, with the `status` in its details.
   */
  webSocket(path: string, options?: WebSocketOptions): Promise<ServiceWebSocket>;
  /**
   * Follows server-sent events. Each loop is one request, sent when the loop begins, and keeps a connection to itself; nothing connects
   * anew. Reading slowly holds the backend back; leaving the loop closes the connection. It ends when the backend ends its answer, and
   * throws the codes of {@link ServiceClient.request}: after the events that were whole, but for `ABORTED`, which drops what was not taken
   * yet. An answer that is no event stream is `MESSAGE_MALFORMED`, with the `status` in its details; an event over its limit is
   * `MESSAGE_TOO_LARGE`.
   * @throws BowspritError `INVALID_ARGUMENT` for a request that must not be sent.
   */
  events(path: string, options?: EventOptions): AsyncIterable<ServiceEvent>;
}
