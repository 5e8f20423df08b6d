import { BowspritError, ErrorCode, type JsonValue, readJsonDocument } from "@bowsprit/core";
import { imageLimits } from "./image-limits.ts";

/**
 * Reads one of an image's documents, `what` in messages. Stricter than `JSON.parse`: no key twice, depth and length limited.
 * @throws BowspritError `SOURCE_REFUSED`, `MESSAGE_TOO_LARGE`.
 */
export function parseDocument(bytes: Buffer, what: string): JsonValue {
  checkDocumentSize(bytes.length, what);
  if (!hasTokensAtMost(bytes, imageLimits.documentTokens))
    throw tooLarge(what, `more than ${imageLimits.documentTokens} values`);
  return readJsonDocument(bytes, { what, maxBytes: imageLimits.documentBytes, code: ErrorCode.SourceRefused });
}

/** @throws BowspritError `MESSAGE_TOO_LARGE` for a document that is not even to be read. */
export function checkDocumentSize(bytes: number, what: string): void {
  if (bytes > imageLimits.documentBytes)
    throw tooLarge(what, `${bytes} bytes, more than the limit of ${imageLimits.documentBytes}`);
}

/** What the strict reader takes its time for; small documents can hold a million. */
function hasTokensAtMost(bytes: Buffer, max: number): boolean {
  let tokens = 0;
  let inText = false;
  for (let at = 0; at < bytes.length && tokens <= max; at += 1) {
    const byte = bytes[at];
    if (byte === 0x22) inText = !inText;
    else if (inText && byte === 0x5c) {
      at += 1;
      tokens += 1;
    } else if (!inText && (byte === 0x2c || byte === 0x3a || byte === 0x5b || byte === 0x7b)) tokens += 1;
  }
  return tokens <= max;
}

function tooLarge(what: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.MessageTooLarge, `read ${what}: ${why}`, {
    hint: "No real image has such a document: get it again from who made it.",
  });
}
