import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { RawData, WebSocket } from "ws";
import { createInbox, type Inbox } from "./inbox.ts";
import type { ServiceWebSocket, WebSocketClose } from "./service-web-socket.ts";
import { fromWebSocketError } from "./web-socket-error.ts";

/** What a WebSocket runs on, and its bound. */
export interface WebSocketConnectionOptions {
  readonly stream: Duplex;
  /** Begins the messages. */
  readonly attempt: string;
  readonly maxBufferedBytes: number;
}

/** Ours around one of `ws`; made before it is open, so that no message is missed. */
export function createWebSocketConnection(socket: WebSocket, options: WebSocketConnectionOptions): ServiceWebSocket {
  return new Connection(socket, options);
}

class Connection implements ServiceWebSocket {
  readonly closed: Promise<WebSocketClose>;
  readonly #socket: WebSocket;
  readonly #options: WebSocketConnectionOptions;
  readonly #inbox: Inbox<string | Uint8Array>;
  readonly #sending = new Set<(error: BowspritError) => void>();
  #isClosing = false;
  #failure: BowspritError | undefined;

  constructor(socket: WebSocket, options: WebSocketConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#inbox = createInbox({ onRoom: () => socket.resume(), onLeave: () => void this.close() });
    const { promise, resolve } = Promise.withResolvers<WebSocketClose>();
    this.closed = promise;
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("error", (reason) => this.#fail(fromWebSocketError(reason, options.attempt)));
    socket.once("close", (code, reason) => {
      this.#end(code);
      resolve({ code, reason: reason.toString() });
    });
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  async send(data: string | Uint8Array): Promise<void> {
    if (typeof data !== "string" && !(data instanceof Uint8Array)) throw new TypeError("a message is text or bytes");
    if (this.#socket.readyState !== this.#socket.OPEN) throw this.#failure ?? this.#lost("it is closed");
    this.#checkBuffered();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#sending.add(reject);
    this.#socket.send(data, (error) => {
      this.#sending.delete(reject);
      if (error) reject(this.#failure ?? this.#brokenBy(error));
      else resolve();
    });
    await promise;
  }

  async close(code = 1000, reason = ""): Promise<void> {
    checkClose(code, reason);
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#inbox.end();
      this.#socket.close(code, reason);
      // The answer is behind all that was sent before it.
      this.#socket.resume();
    }
    await this.closed;
  }

  [Symbol.asyncIterator](): AsyncIterator<string | Uint8Array> {
    return this.#inbox.reader;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isClosing || !Buffer.isBuffer(data)) return;
    this.#inbox.put(isBinary ? data : data.toString(), data.length);
    if (!this.#inbox.hasRoom) this.#socket.pause();
  }

  #end(code: number): void {
    if (code !== 1006 || this.#isClosing) this.#inbox.end();
    else this.#fail(this.#brokenBy(undefined));
    // Not every stream says of the write it was busy with that nothing came of it.
    for (const reject of this.#sending) reject(this.#failure ?? this.#lost("it is closed"));
  }

  #fail(error: BowspritError): void {
    this.#failure ??= error;
    if (BowspritError.is(error, ErrorCode.Aborted)) this.#inbox.cut(error);
    else this.#inbox.end(error);
  }

  /** Its stream knows why, when it was us who destroyed it. */
  #brokenBy(cause: unknown): BowspritError {
    const { errored } = this.#options.stream;
    return BowspritError.is(errored) ? errored : this.#lost("the connection broke", cause ?? errored);
  }

  #lost(why: string, cause?: unknown): BowspritError {
    return new BowspritError(ErrorCode.ConnectionLost, `${this.#options.attempt}: ${why}`, { cause });
  }

  #checkBuffered(): void {
    const { bufferedAmount } = this.#socket;
    const { attempt, maxBufferedBytes } = this.#options;
    if (bufferedAmount < maxBufferedBytes) return;
    throw new BowspritError(
      ErrorCode.InvalidArgument,
      `${attempt}: message not sent, ${bufferedAmount} bytes wait to be sent already`,
      { details: { bufferedAmount, maxBufferedBytes }, hint: "Await each send before the next one." },
    );
  }
}

function checkClose(code: number, reason: string): void {
  if (typeof code !== "number" || typeof reason !== "string")
    throw new TypeError("a close has a number as its code and text as its reason");
  const isCode = Number.isInteger(code) && ((code >= 1000 && code <= 1014) || (code >= 3000 && code <= 4999));
  // RFC 6455 §7.4.1: these three are for reports, not for the wire.
  if (!isCode || (code >= 1004 && code <= 1006))
    throw new BowspritError(ErrorCode.InvalidArgument, `close a WebSocket: ${code} is not a code that can be sent`);
  if (Buffer.byteLength(reason) > 123)
    throw new BowspritError(ErrorCode.InvalidArgument, "close a WebSocket: the reason has more than 123 bytes");
}
