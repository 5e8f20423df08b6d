import { BowspritError, ErrorCode, isJsonObject } from "@bowsprit/core";
import type { ServiceHeaders } from "@bowsprit/sdk";
import { parseJson } from "./parse-json.ts";

/** What goes before the body of a forwarded request. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly headers: ServiceHeaders;
  readonly body: "none" | "stream";
  /** Of the body, where that is known. */
  readonly bytes?: number;
  readonly timeoutMs?: number;
}

/** Bytes that a head may have: more than any backend takes. */
export const maxHeadBytes = 262_144;

/** Bodies up to so many bytes are gathered by the daemon, so that the backend is told their length. */
export const maxGatheredBytes = 1_048_576;

/** The length of a head and the head. */
export function encodeRequestHead(head: RequestHead): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json]);
}

/** @throws BowspritError `MESSAGE_MALFORMED`. What a host checks itself, it may check. */
export function parseRequestHead(json: Buffer): RequestHead {
  const value = parseJson(json.toString("utf8"));
  if (!isJsonObject(value)) throw malformed();
  const { method, path, headers, body, bytes, timeoutMs } = value;
  if (typeof method !== "string" || typeof path !== "string" || !isHeaders(headers)) throw malformed();
  if ((body !== "none" && body !== "stream") || !isCount(bytes)) throw malformed();
  if (timeoutMs !== undefined && typeof timeoutMs !== "number") throw malformed();
  return {
    method,
    path,
    headers,
    body,
    ...(bytes !== undefined && { bytes }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}

function isHeaders(value: unknown): value is ServiceHeaders {
  if (!Array.isArray(value))
    return isJsonObject(value) && Object.values(value).every((text) => typeof text === "string");
  return value.every((pair) => Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string");
}

function isCount(value: unknown): value is number | undefined {
  return value === undefined || (typeof value === "number" && Number.isSafeInteger(value) && value >= 0);
}

function malformed(): BowspritError {
  return new BowspritError(ErrorCode.MessageMalformed, "read a request to hand on: its head is not one");
}
