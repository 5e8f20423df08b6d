import type { Readable } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createResponseBody } from "./response-body.ts";
import type { Forwarding, RawHeaders, ResponseSink } from "./response-sink.ts";
import type { ServiceResponse } from "./service-message.ts";

/**
 * Makes one answer of an exchange in its raw form: `begin` starts it with the sink it is given. `attempt` begins the messages.
 * @throws what the sink's `failed` is told before the head came.
 */
export function readResponse(
  attempt: () => string,
  begin: (sink: ResponseSink) => Forwarding,
): Promise<ServiceResponse> {
  return new IncomingResponse(attempt).begin(begin);
}

/** What is held for a reader who has not come yet: as much as a stream would hold. */
const maxHeldBytes = 65_536;

const utf8 = new TextDecoder();

/** Most bodies are small and read whole: those never become a stream, which would cost more than all the rest here. */
class IncomingResponse implements ResponseSink {
  readonly #attempt: () => string;
  readonly #answer: PromiseWithResolvers<ServiceResponse> = Promise.withResolvers();
  #forwarding: Forwarding | undefined;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #ended: Error | true | undefined;
  /** Of these two there is one at most: who reads, and how. */
  #stream: Readable | undefined;
  #whole: PromiseWithResolvers<Uint8Array> | undefined;

  constructor(attempt: () => string) {
    this.#attempt = attempt;
  }

  begin(begin: (sink: ResponseSink) => Forwarding): Promise<ServiceResponse> {
    this.#forwarding = begin(this);
    return this.#answer.promise;
  }

  head(status: number, statusText: string, headers: RawHeaders): void {
    this.#answer.resolve({
      status,
      statusText,
      headers: pairsOf(headers),
      body: { [Symbol.asyncIterator]: () => this.#readPieces() },
      bytes: () => this.#readWhole(),
      text: async () => utf8.decode(await this.#readWhole()),
      json: async () => this.#parse(await this.#readWhole()),
    });
  }

  data(chunk: Buffer): boolean {
    if (this.#stream !== undefined) return this.#stream.push(chunk);
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    return this.#whole !== undefined || this.#heldBytes < maxHeldBytes;
  }

  end(): void {
    this.#ended = true;
    this.#stream?.push(null);
    this.#settle();
  }

  failed(error: Error): void {
    this.#ended = error;
    this.#answer.reject(error);
    this.#stream?.destroy(error);
    this.#settle();
  }

  #readPieces(): AsyncIterator<Uint8Array> {
    if (this.#isRead()) throw this.#readBefore();
    const stream = createResponseBody({
      onRoom: () => this.#forwarding?.resume(),
      onClose: () => this.#forwarding?.abort(),
    });
    this.#stream = stream;
    for (const chunk of this.#take()) stream.push(chunk);
    if (this.#ended instanceof Error) stream.destroy(this.#ended);
    else if (this.#ended === true) stream.push(null);
    return stream[Symbol.asyncIterator]();
  }

  #readWhole(): Promise<Uint8Array> {
    if (this.#isRead()) return Promise.reject(this.#readBefore());
    this.#whole = Promise.withResolvers();
    if (this.#ended === undefined) this.#forwarding?.resume();
    else this.#settle();
    return this.#whole.promise;
  }

  /** Everything is there, or nothing more will come: for the one who reads it whole. */
  #settle(): void {
    if (this.#whole === undefined) return;
    const chunks = this.#take();
    const [only] = chunks;
    if (this.#ended instanceof Error) this.#whole.reject(this.#ended);
    else this.#whole.resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
  }

  #take(): readonly Buffer[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #isRead(): boolean {
    return this.#stream !== undefined || this.#whole !== undefined;
  }

  #readBefore(): BowspritError {
    return new BowspritError(ErrorCode.InvalidArgument, `${this.#attempt()}: the body was read before`);
  }

  #parse(bytes: Uint8Array): unknown {
    try {
      return JSON.parse(utf8.decode(bytes));
    } catch (cause) {
      throw new BowspritError(ErrorCode.MessageMalformed, `${this.#attempt()}: the body is not JSON`, { cause });
    }
  }
}

/** A flat list as pairs. */
export function pairsOf(flat: RawHeaders): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < flat.length; index += 2) pairs.push([flat[index] ?? "", flat[index + 1] ?? ""]);
  return pairs;
}
