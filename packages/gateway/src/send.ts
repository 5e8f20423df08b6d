import type { IncomingMessage, ServerResponse } from "node:http";
import { BowspritError } from "@bowsprit/core";
import { httpStatusOf } from "@bowsprit/sdk";
import { type Refusal, refusalAnswer } from "./refusal.ts";
import { apiAnswer } from "./security-headers.ts";

/** A small answer of our own. */
export interface Answer {
  readonly status: number;
  /** Flat: name, value, name, value. */
  readonly headers?: readonly string[];
  readonly type?: string;
  readonly body?: string | Buffer;
}

/** Sends an answer; `HEAD` gets its head. */
export function send(response: ServerResponse, { status, headers = apiAnswer, type, body = "" }: Answer): void {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const typed = type === undefined ? [] : ["content-type", type];
  response.writeHead(status, [...headers, ...typed, "content-length", String(bytes.length)]);
  response.end(bytes);
}

/** Sends a value as JSON. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, { status, type: "application/json; charset=utf-8", body: JSON.stringify(value) });
}

/** Sends a failure of ours to somebody who has a session: he may know what failed. */
export function sendError(response: ServerResponse, reason: unknown, status?: number): void {
  const error = BowspritError.from(reason);
  sendJson(response, { error }, status ?? httpStatusOf(error.code));
}

/** Refuses a request. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const { headers, body } = refusalAnswer(refusal);
  response.writeHead(refusal.status, [...headers]).end(body);
}

/** Sends a browser on. */
export function redirect(response: ServerResponse, location: string, more: readonly string[] = []): void {
  send(response, { status: 303, headers: [...apiAnswer, "location", location, ...more] });
}

/** True for a browser that opens a page, also by sending a form, and so shows to a person what it gets. */
export function isNavigation({ method, headers }: IncomingMessage): boolean {
  const mode = headers["sec-fetch-mode"];
  if (mode !== undefined) return mode === "navigate";
  return method === "GET" && (headers.accept ?? "").includes("text/html");
}
