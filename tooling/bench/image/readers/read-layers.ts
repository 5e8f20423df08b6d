// Lists and digests layers with one reader: `node read-layers.ts <file of the reader> <layer>…`. Writes the answer as JSON.
import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { loadReader } from "./load-reader.ts";

const [file = "", ...layers] = process.argv.slice(2);
const reader = await loadReader(file);
const { user, system } = process.cpuUsage();
const start = Math.round((user + system) / 1000);
const pieceBytes = 1_048_576;

/** A file in pieces, digested on the way: the bytes that are digested are those that are read. */
async function* digestedPieces(path: string, hash: Hash): AsyncGenerator<Buffer, void, undefined> {
  let buffer = Buffer.allocUnsafe(pieceBytes);
  const opened = openSync(path, "r");
  try {
    for (;;) {
      const bytes = readSync(opened, buffer);
      if (bytes === 0) return;
      hash.update(buffer.subarray(0, bytes));
      yield buffer.subarray(0, bytes);
      if (reader.keepsPieces) buffer = Buffer.allocUnsafe(pieceBytes);
    }
  } finally {
    closeSync(opened);
  }
}

let entries = 0;
const digests: string[] = [];
for (const layer of layers) {
  const hash = createHash("sha256");
  entries += await reader.read(digestedPieces(layer, hash));
  digests.push(hash.digest("hex"));
}
const rss = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ digests, entries, rss, start }));
