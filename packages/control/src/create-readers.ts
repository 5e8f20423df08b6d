import type { Readable } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ServiceResponse } from "@bowsprit/sdk";

/** The three ways to read a body at once, each instead of the others; `attempt` begins the messages. */
export function createReaders(body: Readable, attempt: string): Pick<ServiceResponse, "text" | "bytes" | "json"> {
  const bytes = async (): Promise<Uint8Array> => {
    if (body.readableDidRead)
      throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: the body was read before`);
    if (body.errored !== null) throw body.errored;
    const chunks: Buffer[] = [];
    for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const text = async (): Promise<string> => utf8.decode(await bytes());
  const json = async (): Promise<unknown> => {
    const whole = await text();
    try {
      return JSON.parse(whole);
    } catch (cause) {
      throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: the body is not JSON`, { cause });
    }
  };
  return { bytes, text, json };
}

const utf8 = new TextDecoder();
