import { BowspritError } from "./bowsprit-error.ts";
import { ErrorCode } from "./error-code.ts";
import { scanJson } from "./json-scanner.ts";
import type { JsonValue } from "./json-value.ts";
import { limits } from "./limits.ts";

export interface JsonDocumentOptions {
  /** What is being read, for messages: `metadata.json`. */
  readonly what: string;
  /** Larger documents are refused unread. */
  readonly maxBytes: number;
  /** Objects and arrays inside one another; the default is 32, several times what any real document needs. */
  readonly maxDepth?: number;
  /** The code of every failure; the default is `METADATA_INVALID`. */
  readonly code?: ErrorCode;
}

/**
 * Reads a JSON document that a stranger wrote. Stricter than `JSON.parse`: it is UTF-8 (a byte order mark is accepted), no object
 * has a key twice or one of `__proto__`, `constructor` and `prototype`, and nesting is limited. Syntax errors name line and column.
 * @throws BowspritError `METADATA_INVALID`, or `code`, with `line` and `column` in its details where the place is known.
 */
export function readJsonDocument(bytes: Uint8Array, options: JsonDocumentOptions): JsonValue {
  const { what, maxBytes, maxDepth = limits.jsonDepth, code = ErrorCode.MetadataInvalid } = options;
  if (bytes.byteLength > maxBytes) {
    throw new BowspritError(code, `read ${what}: ${bytes.byteLength} bytes, more than the limit of ${maxBytes}`, {
      details: { bytes: bytes.byteLength, maxBytes },
    });
  }
  const text = decode(bytes);
  if (text === undefined) {
    throw new BowspritError(code, `read ${what}: not UTF-8`, { hint: `Save ${what} in the encoding UTF-8.` });
  }
  const flaw = scanJson(text, maxDepth);
  if (flaw !== undefined) {
    const { line, column } = locate(text, flaw.index);
    throw new BowspritError(code, `read ${what}: ${line}:${column}: ${flaw.why}`, { details: { line, column } });
  }
  return JSON.parse(text) as JsonValue;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function locate(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
