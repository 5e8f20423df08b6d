import { BowspritError, type CallOptions, ErrorCode, fromNodeError } from "@bowsprit/core";
import { type buildConnector, Pool } from "undici";
import { type Address, formatAddress } from "./address.ts";
import { checkRequest } from "./check-request.ts";
import { attemptOf, exchange } from "./exchange.ts";
import { checkForwardRequest, type ForwardRequest } from "./forward-request.ts";
import { readResponse } from "./read-response.ts";
import { flattenHeaders } from "./request-headers.ts";
import type { Forwarding, ResponseSink } from "./response-sink.ts";
import type { ServiceHeaders, ServiceRequest, ServiceResponse } from "./service-message.ts";
import type { Dialer } from "./transport.ts";

/** Where a client dials, what it always sends, and how long it waits. */
export interface ServiceClientOptions {
  readonly dialer: Dialer;
  readonly address: Address;
  /** Sent with every request; a request's own field of the same name replaces them. */
  readonly headers?: ServiceHeaders;
  /** Milliseconds to open a connection; the default is 5,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds from the last byte sent to the headers of the answer; the default is 60,000, and 0 waits for ever. */
  readonly firstByteTimeoutMs?: number;
  /** Milliseconds an answer may stand still while its reader waits; the default is 120,000, and 0 waits for ever. */
  readonly idleTimeoutMs?: number;
  /** Connections at a time, the other requests wait. The default is no limit: event streams would use any up. */
  readonly maxConnections?: number;
}

/**
 * Speaks HTTP/1.1 to one address over connections of its own. Disposing closes all of them and fails what is still under way, read or
 * unread, with `ABORTED`; the dialer is the caller's and stays as it is.
 */
export interface ServiceClient extends AsyncDisposable {
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
}

/** An HTTP client of one backend, over whatever the dialer dials. Nothing is dialled before the first request. */
export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const defaultHeaders = flattenHeaders(options.headers ?? []);
  const closed = new AbortController();
  const pool = new Pool("http://localhost", {
    connect: createConnector(options, closed.signal),
    connections: options.maxConnections ?? null,
    headersTimeout: options.firstByteTimeoutMs ?? 60_000,
    bodyTimeout: options.idleTimeoutMs ?? 120_000,
  });
  return {
    async request(request, callOptions = {}) {
      const checked = checkRequest(request, defaultHeaders);
      return readResponse(
        () => attemptOf(checked),
        (sink) => exchange(pool, checked, { ...callOptions, sink }),
      );
    },
    forward: (request, sink, callOptions = {}) =>
      exchange(pool, checkForwardRequest(request), { ...callOptions, sink }),
    async [Symbol.asyncDispose]() {
      const reason = new BowspritError(
        ErrorCode.Aborted,
        `close client of ${formatAddress(options.address)}: requests under way ended`,
      );
      closed.abort(reason);
      await pool.destroy(reason);
    },
  };
}

function createConnector(options: ServiceClientOptions, signal: AbortSignal): buildConnector.connector {
  const { dialer, address, connectTimeoutMs = 5000 } = options;
  const attempt = `dial ${formatAddress(address)}`;
  return (_origin, done) => {
    dialer.connect(address, { signal, timeoutMs: connectTimeoutMs }).then(
      (stream) => {
        // RFC 9112 §8: an answer without a length is not complete when its connection was reset; undici would take it for whole.
        stream.prependListener("error", (error: NodeJS.ErrnoException) => {
          if (error.code === "ECONNRESET") error.code = "EPIPE";
        });
        // Of a socket undici uses only what every Duplex has.
        done(null, stream as Parameters<buildConnector.Callback>[1] & object);
      },
      (error: unknown) => done(fromNodeError(error, { attempt }), null),
    );
  };
}
