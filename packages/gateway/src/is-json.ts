import type { IncomingMessage } from "node:http";

/** True for a body that a form cannot send: a browser asks before it sends one to another origin (H13, H14). */
export function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(?:;\s*charset=utf-8\s*)?$/iu.test(headers["content-type"] ?? "");
}
