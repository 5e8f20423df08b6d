import { PassThrough, pipeline, Readable } from "node:stream";
import { type CallOptions, extensionIdOfArgument } from "@bowsprit/core";
import type { Host, ServiceHeaders, ServiceRequest } from "@bowsprit/sdk";
import type { ServiceClient } from "@bowsprit/transport";
import { receiveAnswer } from "./receive-answer.ts";
import { encodeRequestHead, maxGatheredBytes, type RequestHead } from "./request-head.ts";

/** `Host.request` by way of a daemon: same answers, same failures, and streams that go no faster than either end. */
export function createRemoteRequest(http: ServiceClient): Host["request"] {
  return async (argument, request, options: CallOptions = {}) => {
    const id = extensionIdOfArgument(argument);
    checkTypes(request);
    const { method, path: target, headers = [], body } = request;
    const { signal, timeoutMs } = options;
    const head = { method, path: target, headers, ...(timeoutMs !== undefined && { timeoutMs }) };
    const path = `/request/${id}`;
    return receiveAnswer({
      attempt: `request ${method} ${target.replace(/\?.*$/u, "")}`,
      own: `request POST ${path}`,
      begin: (sink) =>
        http.forward(
          {
            method: "POST",
            path,
            headers: ["content-type", "application/vnd.bowsprit.request"],
            body: wrap(head, body),
          },
          sink,
          signal && { signal },
        ),
    });
  };
}

function wrap(head: Omit<RequestHead, "body" | "bytes">, body: ServiceRequest["body"]): Uint8Array | Readable {
  if (body === undefined) return encodeRequestHead({ ...head, body: "none" });
  if (typeof body === "string" || body instanceof Uint8Array) {
    const whole = Buffer.from(body);
    const frame = encodeRequestHead({ ...head, body: "stream", bytes: whole.length });
    return whole.length <= maxGatheredBytes ? Buffer.concat([frame, whole]) : Readable.from([frame, whole]);
  }
  const source = body instanceof Readable ? body : Readable.from(body, { objectMode: false });
  const target = new PassThrough();
  target.write(encodeRequestHead({ ...head, body: "stream" }));
  // Either end closes the other: the body belongs to the exchange.
  pipeline(source, target, () => {});
  return target;
}

/** What JSON would not carry must fail here, as it does where the request is sent. */
function checkTypes({ method, path, headers = [], body }: ServiceRequest): void {
  if (typeof method !== "string" || typeof path !== "string")
    throw new TypeError("a request's method and path are strings");
  if (!fieldsOf(headers).every((field) => field.length >= 2 && field.every((text) => typeof text === "string")))
    throw new TypeError("a header is two strings, its name and its value");
  const isBody = body === undefined || typeof body === "string" || body instanceof Uint8Array;
  if (!isBody && !(typeof body === "object" && body !== null && Symbol.asyncIterator in body))
    throw new TypeError("a request's body is bytes, text or an async iterable of bytes");
}

function fieldsOf(headers: ServiceHeaders): readonly (readonly unknown[])[] {
  return Array.isArray(headers) ? headers : Object.entries(headers);
}
