import { HttpError } from "./answers.js";

const maxBytes = 64 * 1024;

/** Reads a body that must be a JSON object of at most 64 KiB. */
export async function readJson(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) throw new HttpError(413, `the body has ${length} bytes, more than ${maxBytes}`);
  return parse(Buffer.concat(chunks).toString("utf8"));
}

function parse(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError(400, "the body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new HttpError(400, "the body must be a JSON object");
  return value;
}
