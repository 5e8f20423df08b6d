import type { Readable } from "node:stream";
import type { CheckedRequest } from "./exchange.ts";
import { checkRequestLine } from "./check-request.ts";
import { dropConnectionFields } from "./request-headers.ts";
import type { RawHeaders } from "./response-sink.ts";

/** One request in its raw form, for a server that hands it on. */
export interface ForwardRequest {
  /** Any HTTP token but `CONNECT`. */
  readonly method: string;
  /** Path and query, beginning with one `/`, percent-encoded, sent as it is. */
  readonly path: string;
  /** As `ServiceRequest.headers`, flat: what speaks about a connection is dropped, the rest goes as it is. */
  readonly headers: RawHeaders;
  /** Closed when the exchange ends, however it ends; the default is none. */
  readonly body?: Readable | Uint8Array;
  /** The bytes of a streamed body, where they are known: it is sent with its length then, else in chunks. */
  readonly contentLength?: number;
}

/** @throws BowspritError `INVALID_ARGUMENT` for a request that must not be sent. */
export function checkForwardRequest(request: ForwardRequest): CheckedRequest {
  const { method, path, body = null, contentLength } = request;
  checkRequestLine(request);
  const headers = dropConnectionFields(request.headers);
  if (contentLength !== undefined) headers.push("content-length", String(contentLength));
  return { method, path, headers, body };
}
