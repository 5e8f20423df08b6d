import { PassThrough, pipeline, Readable } from "node:stream";
import { type CallOptions, extensionIdOfArgument } from "@bowsprit/core";
import type { Host, ServiceRequest } from "@bowsprit/sdk";
import { checkServiceRequest, type ServiceClient } from "@bowsprit/transport";
import { receiveAnswer } from "./receive-answer.ts";
import { encodeRequestHead, maxGatheredBytes, type RequestHead } from "./request-head.ts";

/** `Host.request` by way of a daemon: same answers, same failures, and streams that go no faster than either end. */
export function createRemoteRequest(http: ServiceClient): Host["request"] {
  return async (argument, request, options: CallOptions = {}) => {
    const id = extensionIdOfArgument(argument);
    checkServiceRequest(request);
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
