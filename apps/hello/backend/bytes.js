import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

// 251 is a prime, so the pattern fits no power of two and a block that is lost or sent twice shows.
const block = Buffer.alloc(
  251 * 256,
  Uint8Array.from({ length: 251 }, (_, index) => index),
);

/** Streams `n` bytes, byte `i` being `i % 251`, no faster than they are read. */
export async function bytes(request, response, [text]) {
  const length = Number(text);
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": length });
  if (request.method === "HEAD") response.end();
  else await pipeline(Readable.from(blocks(length), { objectMode: false }), response);
}

function* blocks(length) {
  for (let left = length; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length));
}
