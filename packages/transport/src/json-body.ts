import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ServiceHeaders, ServiceRequest } from "./service-message.ts";

/** What a request may carry besides bytes, text and streams: a plain object or an array, sent as JSON. */
export type ServiceBody = string | object;

/** A body and the fields that go with it. */
export type EncodedBody = Pick<ServiceRequest, "body" | "headers">;

/** A body as `request` takes it; JSON gets its media type unless `hasType` says that the fields name one. */
export function encodeBody(body: ServiceBody | undefined, headers: ServiceHeaders = [], hasType = false): EncodedBody {
  if (body === undefined) return { headers };
  // `request` judges what is neither.
  if (!isJson(body)) return { headers, body: body as NonNullable<ServiceRequest["body"]> };
  const fields: readonly (readonly [string, string])[] = Array.isArray(headers) ? headers : Object.entries(headers);
  const isNamed = hasType || fields.some(([name]) => /^content-type$/iu.test(name));
  return { headers: isNamed ? fields : [...fields, ["content-type", "application/json"]], body: toJson(body) };
}

/** Neither an instance of anything nor a stream. */
function isJson(body: ServiceBody): boolean {
  if (Array.isArray(body)) return true;
  if (typeof body !== "object" || body === null || Symbol.asyncIterator in body) return false;
  const prototype: object | null = Object.getPrototypeOf(body);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function toJson(body: unknown): string {
  try {
    const text: string | undefined = JSON.stringify(body);
    if (text !== undefined) return text;
  } catch (cause) {
    throw new BowspritError(ErrorCode.InvalidArgument, "send a body as JSON: JSON cannot say what is in it", { cause });
  }
  throw new BowspritError(ErrorCode.InvalidArgument, "send a body as JSON: its toJSON answers with nothing");
}
