import type { IncomingMessage } from "node:http";
import { BowspritError, ErrorCode, isJsonObject, type JsonObject, readJsonDocument } from "@bowsprit/core";

/** Far above what any request of ours says. */
const maxBytes = 1024 * 1024;

/** True for a body that a form cannot send: a browser asks before it sends one to another origin (H13, H14). */
export function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(?:;\s*charset=utf-8\s*)?$/iu.test(headers["content-type"] ?? "");
}

/**
 * Reads a body that must be one JSON object; an empty body is an empty object.
 * @throws BowspritError `MESSAGE_TOO_LARGE`, `INVALID_ARGUMENT`, `CONNECTION_LOST`.
 */
export async function readJsonBody(request: IncomingMessage): Promise<JsonObject> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  const value = readJsonDocument(bytes, { what: "the request", maxBytes, code: ErrorCode.InvalidArgument });
  if (isJsonObject(value)) return value;
  throw new BowspritError(ErrorCode.InvalidArgument, "read the request: its body is not a JSON object");
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    if (BowspritError.is(cause)) throw cause;
    throw new BowspritError(ErrorCode.ConnectionLost, "read the request: it was cut short", { cause });
  }
  return Buffer.concat(chunks);
}

function tooLarge(): BowspritError {
  return new BowspritError(ErrorCode.MessageTooLarge, `read the request: its body is over ${maxBytes} bytes`);
}
