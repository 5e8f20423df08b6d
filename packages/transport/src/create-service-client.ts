import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";
import { type buildConnector, Pool } from "undici";
import { formatAddress } from "./address.ts";
import { openCallScope } from "./call-scope.ts";
import { checkRequest } from "./check-request.ts";
import { dialBackend, type DialOptions } from "./dial-backend.ts";
import { checkEvents } from "./event-request.ts";
import { attemptOf, exchange } from "./exchange.ts";
import { followEvents } from "./follow-events.ts";
import { checkForwardRequest } from "./forward-request.ts";
import { openUpgrade, type OpenUpgradeOptions } from "./open-upgrade.ts";
import { createOwnConnections } from "./own-connections.ts";
import { readResponse } from "./read-response.ts";
import { flattenHeaders } from "./request-headers.ts";
import { createRequestShorthands } from "./request-shorthands.ts";
import type { ServiceClient } from "./service-client.ts";
import type { ServiceClientOptions } from "./service-client-options.ts";
import { checkUpgrade } from "./upgrade-request.ts";
import { checkWebSocket } from "./web-socket-request.ts";

/** An HTTP client of one backend, over whatever the dialer dials. Nothing is dialled before the first request. */
export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const { firstByteTimeoutMs = 60_000, idleTimeoutMs = 120_000 } = options;
  const defaultHeaders = flattenHeaders(options.headers ?? []);
  const closed = new AbortController();
  const pool = new Pool("http://localhost", {
    connect: createConnector(options, closed.signal),
    connections: options.maxConnections ?? null,
    headersTimeout: firstByteTimeoutMs,
    bodyTimeout: idleTimeoutMs,
  });
  const request: ServiceClient["request"] = async (wanted, callOptions = {}) => {
    const checked = checkRequest(wanted, defaultHeaders);
    return readResponse(
      () => attemptOf(checked),
      (sink) => exchange(pool, checked, { ...callOptions, sink }),
    );
  };
  const connections = createOwnConnections(options);
  const beside = (attempt: string, callOptions: CallOptions): OpenUpgradeOptions => {
    const scope = openCallScope(attempt, { ...callOptions, closed: closed.signal });
    return { connections, scope, firstByteTimeoutMs, idleTimeoutMs };
  };
  return {
    ...createRequestShorthands(request, defaultHeaders),
    request,
    forward: (wanted, sink, callOptions = {}) => exchange(pool, checkForwardRequest(wanted), { ...callOptions, sink }),
    async upgrade(wanted, callOptions = {}) {
      const checked = checkUpgrade(wanted, defaultHeaders);
      return openUpgrade(checked, beside(checked.attempt, callOptions));
    },
    async webSocket(path, callOptions = {}) {
      const checked = checkWebSocket(path, callOptions, defaultHeaders);
      // Loaded when it is needed: most programs never open one.
      const { openWebSocket } = await import("./open-web-socket.ts");
      return openWebSocket(checked, beside(checked.attempt, callOptions));
    },
    events: (path, callOptions = {}) =>
      followEvents(checkEvents(path, callOptions, defaultHeaders), (checked, sink) =>
        exchange(pool, checked, { ...callOptions, sink }),
      ),
    async [Symbol.asyncDispose]() {
      const attempt = `close client of ${formatAddress(options.address)}`;
      const reason = new BowspritError(ErrorCode.Aborted, `${attempt}: requests under way ended`);
      closed.abort(reason);
      await Promise.all([pool.destroy(reason), connections.destroy(reason)]);
    },
  };
}

function createConnector(options: DialOptions, signal: AbortSignal): buildConnector.connector {
  return (_origin, done) => {
    dialBackend(options, signal).then(
      (stream) => {
        // RFC 9112 §8: an answer without a length is not complete when its connection was reset; undici would take it for whole.
        stream.prependListener("error", (error: NodeJS.ErrnoException) => {
          if (error.code === "ECONNRESET") error.code = "EPIPE";
        });
        // Of a socket undici uses only what every Duplex has.
        done(null, stream as Parameters<buildConnector.Callback>[1] & object);
      },
      (error: unknown) => done(error as Error, null),
    );
  };
}
