import { Readable } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ServiceResponse } from "./service-message.ts";

export interface ResponseBodyOptions {
  /** The reader has room again. */
  readonly onRoom: () => void;
  /** The reader has gone, or everything was read. */
  readonly onClose: () => void;
}

/** The stream that carries a response's body. An error that nobody waits for stays silent: it is for the one who reads. */
export function createResponseBody(options: ResponseBodyOptions): Readable {
  const body = new Readable({
    read: options.onRoom,
    destroy(error, done) {
      options.onClose();
      done(error);
    },
  });
  return body.on("error", () => {});
}

/** The three ways to read a body at once; `attempt` begins the messages. */
export function createReaders(body: Readable, attempt: string): Pick<ServiceResponse, "text" | "bytes" | "json"> {
  const bytes = () => readAll(body, attempt);
  const text = async () => new TextDecoder().decode(await bytes());
  return { bytes, text, json: async () => parseJson(await text(), attempt) };
}

function readAll(body: Readable, attempt: string): Promise<Uint8Array> {
  if (body.readableDidRead) {
    return Promise.reject(new BowspritError(ErrorCode.InvalidArgument, `${attempt}: the body was read before`));
  }
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  if (body.errored !== null) reject(body.errored);
  const chunks: Buffer[] = [];
  body.on("data", (chunk: Buffer) => chunks.push(chunk));
  body.once("end", () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
  body.once("error", reject);
  return promise;
}

function parseJson(text: string, attempt: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: the body is not JSON`, { cause });
  }
}
