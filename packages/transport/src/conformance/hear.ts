import { once } from "node:events";
import type { Duplex } from "node:stream";

/** The next so many characters of a stream, which stays paused with whatever follows them. */
export async function hear(stream: Duplex, length: number): Promise<string> {
  let heard = "";
  while (heard.length < length) {
    const chunk = stream.read(Math.min(length - heard.length, stream.readableLength || 1)) as Buffer | null;
    if (chunk === null) await once(stream, "readable");
    else heard += chunk.toString();
  }
  return heard;
}
