import { Readable } from "node:stream";
import type { ServiceRequest } from "./service-message.ts";

/**
 * A request's body in the form undici writes best: bytes and text with their length, anything else as a stream with back-pressure.
 * @throws TypeError for a value that is none of these.
 */
export function openRequestBody(body: ServiceRequest["body"]): Uint8Array | string | Readable | null {
  if (body === undefined) return null;
  if (typeof body === "string" || body instanceof Uint8Array || body instanceof Readable) return body;
  checkRequestBody(body);
  return Readable.from(body, { objectMode: false });
}

/** @throws TypeError for a value that is no body. */
export function checkRequestBody(body: ServiceRequest["body"]): void {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array) return;
  if (typeof body === "object" && body !== null && Symbol.asyncIterator in body) return;
  throw new TypeError("a request's body is bytes, text or an async iterable of bytes");
}
