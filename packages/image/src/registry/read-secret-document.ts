import { BowspritError, ErrorCode, isJsonObject, type JsonObject, readJsonDocument } from "@bowsprit/core";

/**
 * Reads a JSON object that holds secrets. Syntax errors quote the text around them, so of those only the place is kept.
 * @throws BowspritError `MESSAGE_MALFORMED`.
 */
export function readSecretDocument(bytes: Uint8Array, maxBytes: number, attempt: string): JsonObject {
  const options = { what: "a document", maxBytes, code: ErrorCode.MessageMalformed };
  try {
    const document = readJsonDocument(bytes, options);
    if (isJsonObject(document)) return document;
  } catch (error) {
    if (!BowspritError.is(error)) throw error;
    const { line, column } = error.details;
    const where = line === undefined ? "" : ` at ${String(line)}:${String(column)}`;
    throw new BowspritError(error.code, `${attempt}: not JSON${where}`, { details: error.details });
  }
  throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: not a JSON object`);
}
