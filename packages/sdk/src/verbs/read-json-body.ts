import { BowspritError, ErrorCode, isJsonObject, type JsonObject, readJsonDocument } from "@bowsprit/core";

/** Far above what any input says: names, paths, a few choices. */
const maxBytes = 1024 * 1024;

/**
 * Reads the body of a request that must be one JSON object, at most 1 MiB of it; an empty body is an empty object.
 * @throws BowspritError `MESSAGE_TOO_LARGE`, `INVALID_ARGUMENT`, `CONNECTION_LOST`.
 */
export async function readJsonBody(body: AsyncIterable<Uint8Array>): Promise<JsonObject> {
  const bytes = await readBytes(body);
  if (bytes.length === 0) return {};
  const value = readJsonDocument(bytes, { what: "the request", maxBytes, code: ErrorCode.InvalidArgument });
  if (isJsonObject(value)) return value;
  throw new BowspritError(ErrorCode.InvalidArgument, "read the request: its body is not a JSON object");
}

async function readBytes(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
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
