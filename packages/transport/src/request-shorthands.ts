import type { CallOptions } from "@bowsprit/core";
import { encodeBody, type ServiceBody } from "./json-body.ts";
import type { RawHeaders } from "./response-sink.ts";
import type { ServiceHeaders, ServiceRequest, ServiceResponse } from "./service-message.ts";

/** The limits of a call, and the fields it sends. */
export interface ServiceCallOptions extends CallOptions {
  /** As `ServiceRequest.headers`. */
  readonly headers?: ServiceHeaders;
}

/**
 * One method for each HTTP method that is used most; each is `request`, with its promises and its errors, and any status is an answer.
 *
 * A body may also be a plain object or an array: it is sent as JSON, with `content-type: application/json` unless the headers of the call
 * or of the client say one. What JSON cannot say (a cycle, a BigInt) is `INVALID_ARGUMENT`; any other value is a TypeError.
 */
export interface RequestShorthands {
  get(path: string, options?: ServiceCallOptions): Promise<ServiceResponse>;
  /** Its answer never has a body. */
  head(path: string, options?: ServiceCallOptions): Promise<ServiceResponse>;
  delete(path: string, options?: ServiceCallOptions): Promise<ServiceResponse>;
  post(path: string, body?: ServiceBody, options?: ServiceCallOptions): Promise<ServiceResponse>;
  put(path: string, body?: ServiceBody, options?: ServiceCallOptions): Promise<ServiceResponse>;
  patch(path: string, body?: ServiceBody, options?: ServiceCallOptions): Promise<ServiceResponse>;
}

type Send = (request: ServiceRequest, options: CallOptions) => Promise<ServiceResponse>;

/** The methods over `request`, and over the fields that it adds. */
export function createRequestShorthands(send: Send, defaultHeaders: RawHeaders): RequestShorthands {
  const hasType = defaultHeaders.some((name, index) => index % 2 === 0 && /^content-type$/iu.test(name));
  const without =
    (method: string) =>
    async (path: string, { headers = [], ...call }: ServiceCallOptions = {}): Promise<ServiceResponse> =>
      send({ method, path, headers }, call);
  const carrying =
    (method: string) =>
    async (path: string, body?: ServiceBody, options: ServiceCallOptions = {}): Promise<ServiceResponse> => {
      const { headers, ...call } = options;
      return send({ method, path, ...encodeBody(body, headers, hasType) }, call);
    };
  return {
    get: without("GET"),
    head: without("HEAD"),
    delete: without("DELETE"),
    post: carrying("POST"),
    put: carrying("PUT"),
    patch: carrying("PATCH"),
  };
}
