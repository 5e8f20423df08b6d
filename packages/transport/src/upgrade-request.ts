import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { checkRequestLine } from "./check-request.ts";
import { flattenHeaders, overrideHeaders } from "./request-headers.ts";
import type { RawHeaders } from "./response-sink.ts";
import type { ServiceHeaders, ServiceResponse } from "./service-message.ts";
import { withoutQuery } from "./without-query.ts";

/** Asks a backend to speak another protocol on the connection, by a GET. */
export interface UpgradeRequest {
  /** As `ServiceRequest.path`. */
  readonly path: string;
  /** The name of one protocol, with or without a version, such as `tcp` or `HTTP/2.0`. */
  readonly protocol: string;
  /** As `ServiceRequest.headers`; `Connection` and `Upgrade` are the client's own to say. */
  readonly headers?: ServiceHeaders;
}

/** A backend that speaks the other protocol from now on. */
export interface SwitchedResponse extends Pick<ServiceResponse, "statusText" | "headers"> {
  readonly status: 101;
  /**
   * The connection, which is the caller's to read and to destroy; its first bytes are those that followed the head of the answer. No limit
   * of the call or of the client holds for it. An error that nobody listens for ends it and nothing else.
   */
  readonly stream: Duplex;
}

/** An upgrade that was checked; the fields are flat. */
export interface CheckedUpgrade {
  /** Begins the messages. */
  readonly attempt: string;
  readonly path: string;
  readonly protocol: string;
  readonly headers: RawHeaders;
}

const protocolName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:\/[!#$%&'*+.^_`|~0-9A-Za-z-]+)?$/u;

/** @throws BowspritError `INVALID_ARGUMENT` for an upgrade that must not be asked for, TypeError for values of the wrong type. */
export function checkUpgrade(request: UpgradeRequest, defaultHeaders: RawHeaders): CheckedUpgrade {
  const { path, protocol, headers = [] } = request;
  checkRequestLine({ method: "GET", path });
  if (typeof protocol !== "string") throw new TypeError("the protocol of an upgrade is a string");
  if (!protocolName.test(protocol)) {
    throw new BowspritError(
      ErrorCode.InvalidArgument,
      `upgrade to ${JSON.stringify(protocol)}: not the name of one protocol`,
    );
  }
  const attempt = `upgrade ${withoutQuery(path)} to ${protocol}`;
  return { attempt, path, protocol, headers: overrideHeaders(defaultHeaders, flattenHeaders(headers)) };
}
