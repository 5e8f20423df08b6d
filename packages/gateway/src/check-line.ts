import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const originForm = /^\/(?![/\\])[\x21\x22\x24-\x7e]*$/u;
const maxTargetLength = 8192;
/** Names and values together: 100 fields. */
const maxRawHeaders = 200;

/**
 * The request line, and how much comes with it. Node's parser takes HTTP/0.9, targets in absolute form and such as begin with two
 * slashes, which some reader behind us may take for another host (security matrix H03, H32, H33, H41, H46).
 */
export function checkLine({ method = "", url = "", httpVersion, rawHeaders }: IncomingMessage): Refusal | undefined {
  if (httpVersion !== "1.1") return { status: 400 };
  if (!methods.has(method)) return { status: 405 };
  if (url.length > maxTargetLength) return { status: 414 };
  if (!originForm.test(url)) return { status: 400 };
  return rawHeaders.length > maxRawHeaders ? { status: 431 } : undefined;
}
