import { Readable } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ServiceResponse } from "./service-message.ts";

/** What a response's body tells the exchange it belongs to. */
export interface ResponseBodyOptions {
  /** The reader has room again. */
  readonly onRoom: () => void;
  /** The reader has gone, or everything was read. */
  readonly onClose: () => void;
}

/** The stream that carries a response's body. An error that nobody waits for stays silent: it is for the one who reads. */
export function createResponseBody(options: ResponseBodyOptions): Readable {
  return new ResponseBody(options).on("error", ignore);
}

/** The three ways to read a body at once; `attempt` gives the beginning of the messages. */
export function createReaders(body: Readable, attempt: () => string): Pick<ServiceResponse, "text" | "bytes" | "json"> {
  return {
    bytes: () => readAll(body, attempt),
    text: async () => utf8.decode(await readAll(body, attempt)),
    json: async () => parseJson(await readAll(body, attempt), attempt),
  };
}

const utf8 = new TextDecoder();

const ignore = (): void => {};

class ResponseBody extends Readable {
  readonly #options: ResponseBodyOptions;

  constructor(options: ResponseBodyOptions) {
    super();
    this.#options = options;
  }

  override _read(): void {
    this.#options.onRoom();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#options.onClose();
    done(error);
  }
}

function readAll(body: Readable, attempt: () => string): Promise<Uint8Array> {
  if (body.readableDidRead) {
    return Promise.reject(new BowspritError(ErrorCode.InvalidArgument, `${attempt()}: the body was read before`));
  }
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  if (body.errored !== null) reject(body.errored);
  const chunks: Buffer[] = [];
  body.on("data", (chunk: Buffer) => chunks.push(chunk));
  body.once("end", () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
  body.once("error", reject);
  return promise;
}

function parseJson(bytes: Uint8Array, attempt: () => string): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new BowspritError(ErrorCode.MessageMalformed, `${attempt()}: the body is not JSON`, { cause });
  }
}
