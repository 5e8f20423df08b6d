import { createHash } from "node:crypto";
import { sendJson } from "./answers.js";

/** Tells what came: the body is counted and hashed as it streams by, never kept, so that it may have any size. */
export async function echo(request, response) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of request) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const { method, url: path, headers } = request;
  sendJson(response, { method, path, headers, bytes, sha256: hash.digest("hex") });
}
