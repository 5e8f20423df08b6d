import { BowspritError, ErrorCode } from "@bowsprit/core";
import { checkLimit } from "./check-limit.ts";
import { checkRequestLine } from "./check-request.ts";
import { flattenHeaders, overrideHeaders } from "./request-headers.ts";
import type { RawHeaders } from "./response-sink.ts";
import type { WebSocketOptions } from "./service-web-socket.ts";
import { withoutQuery } from "./without-query.ts";

/** A WebSocket that may be asked for; the fields are flat. */
export interface CheckedWebSocket {
  /** Begins the messages. */
  readonly attempt: string;
  readonly path: string;
  readonly headers: RawHeaders;
  readonly protocols: readonly string[];
  readonly maxMessageBytes: number;
  readonly maxBufferedBytes: number;
  readonly closeTimeoutMs: number;
}

const MiB = 1024 * 1024;
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;

/** @throws BowspritError `INVALID_ARGUMENT` for a WebSocket that must not be asked for, TypeError for values of the wrong type. */
export function checkWebSocket(path: string, options: WebSocketOptions, defaultHeaders: RawHeaders): CheckedWebSocket {
  const { headers = [], protocols = [] } = options;
  checkRequestLine({ method: "GET", path });
  if (protocols.some((name) => typeof name !== "string")) throw new TypeError("a subprotocol is a string");
  if (!protocols.every((name) => token.test(name)) || new Set(protocols).size < protocols.length) {
    throw new BowspritError(
      ErrorCode.InvalidArgument,
      `offer the subprotocols ${JSON.stringify(protocols)}: not tokens, or one of them twice`,
    );
  }
  return {
    attempt: `WebSocket ${withoutQuery(path)}`,
    path,
    protocols,
    headers: dropHandshakeFields(overrideHeaders(defaultHeaders, flattenHeaders(headers))),
    maxMessageBytes: checkLimit("maxMessageBytes", options.maxMessageBytes ?? 16 * MiB),
    maxBufferedBytes: checkLimit("maxBufferedBytes", options.maxBufferedBytes ?? MiB),
    closeTimeoutMs: checkLimit("closeTimeoutMs", options.closeTimeoutMs ?? 5000),
  };
}

/** The handshake is the client's own to say, extensions included: one that is offered and not spoken breaks the connection. */
function dropHandshakeFields(flat: RawHeaders): RawHeaders {
  return flat.filter((_, index) => !/^sec-websocket-/iu.test(flat[index - (index % 2)] ?? ""));
}
