import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { WireResponse } from "./create-wire.ts";

/**
 * A whole body, which is read no further than its limit.
 * @throws BowspritError `MESSAGE_TOO_LARGE`, and what reading throws.
 */
export async function readBounded(response: WireResponse, maxBytes: number, attempt: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body()) {
    size += chunk.length;
    if (size > maxBytes)
      throw new BowspritError(ErrorCode.MessageTooLarge, `${attempt}: the answer is over ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
