import { createHash } from "node:crypto";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Descriptor } from "./descriptor.ts";

/**
 * Hands on a blob's bytes and ends with an error unless they are the descriptor's. What comes after the last promised byte is not
 * handed on. `attempt` begins the messages.
 * @throws BowspritError `DIGEST_MISMATCH`.
 */
export async function* verifyBlob(
  chunks: AsyncIterable<Buffer>,
  descriptor: Pick<Descriptor, "digest" | "size">,
  attempt: string,
): AsyncGenerator<Buffer, void, void> {
  const { digest, size } = descriptor;
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > size) throw mismatch(attempt, `more than the ${size} bytes that it must have`);
    hash.update(chunk);
    yield chunk;
  }
  if (bytes < size) throw mismatch(attempt, `ended after ${bytes} of ${size} bytes`);
  const actual = `sha256:${hash.digest("hex")}`;
  if (actual !== digest) throw mismatch(attempt, `its digest is ${actual}, not ${digest}`);
}

/** The error for bytes that are not the promised ones. */
export function mismatch(attempt: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.DigestMismatch, `${attempt}: ${why}`, {
    hint: "It was damaged or changed on its way: get the image again.",
  });
}
