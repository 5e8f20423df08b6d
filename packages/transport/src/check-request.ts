import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { CheckedRequest } from "./exchange.ts";
import { checkRequestBody, openRequestBody } from "./request-body.ts";
import { flattenHeaders, overrideHeaders } from "./request-headers.ts";
import type { ServiceRequest } from "./service-message.ts";

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
const originForm = /^\/(?![/\\])[\x21-\x7e]*$/u;

/**
 * A request that can mean only one thing to whoever reads it: one token, a path of one origin, fields without line ends.
 * @throws BowspritError `INVALID_ARGUMENT` for any other, TypeError for values of the wrong type.
 */
export function checkRequest(request: ServiceRequest, defaultHeaders: readonly string[]): CheckedRequest {
  const { method, path, headers, body } = request;
  checkRequestLine(request);
  const own = headers === undefined ? [] : flattenHeaders(headers);
  return { method, path, headers: overrideHeaders(defaultHeaders, own), body: openRequestBody(body) };
}

/**
 * Judges a request that somebody else will send, as `ServiceClient.request` would.
 * @throws BowspritError `INVALID_ARGUMENT` for a request that must not be sent, TypeError for values of the wrong type.
 */
export function checkServiceRequest(request: ServiceRequest): void {
  checkRequestLine(request);
  flattenHeaders(request.headers ?? []);
  checkRequestBody(request.body);
}

/** @throws BowspritError `INVALID_ARGUMENT`, TypeError for values of the wrong type. */
export function checkRequestLine(request: RequestLine): void {
  const { method, path } = request;
  if (typeof method !== "string" || typeof path !== "string")
    throw new TypeError("a request's method and path are strings");
  if (!token.test(method)) throw invalid(request, "its method is not an HTTP token");
  if (method.toUpperCase() === "CONNECT") throw invalid(request, "CONNECT asks for a tunnel, not for an answer");
  if (!originForm.test(path)) {
    throw invalid(
      request,
      "its path does not begin with one slash, or has a space, a control character or one beyond ASCII",
      {
        hint: "Begin the path with a single slash and percent-encode what is not printable ASCII, as encodeURI does.",
      },
    );
  }
}

type RequestLine = Pick<ServiceRequest, "method" | "path">;

function invalid({ method, path }: RequestLine, why: string, options?: { readonly hint: string }): BowspritError {
  return new BowspritError(
    ErrorCode.InvalidArgument,
    `request ${JSON.stringify(method)} ${JSON.stringify(path)}: ${why}`,
    options,
  );
}
