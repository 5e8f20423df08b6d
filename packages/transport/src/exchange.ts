import { Readable } from "node:stream";
import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";
import type { Dispatcher, Pool } from "undici";
import type { Forwarding, RawHeaders, ResponseSink } from "./response-sink.ts";
import { fromUndiciError, isReset } from "./undici-error.ts";
import { withoutQuery } from "./without-query.ts";

/** A request that was checked. */
export interface CheckedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: Uint8Array | string | Readable | null;
  /** Milliseconds the answer may stand still, where they are not the pool's. */
  readonly idleTimeoutMs?: number;
}

type Controller = Dispatcher.DispatchController;

/** One request and its answer on a pool. The limits of `options` hold until the last byte of the answer. */
export interface ExchangeOptions extends CallOptions {
  readonly sink: ResponseSink;
}

/** Sends a request and hands its answer to the sink. A request that must not be sent any more is told to the sink at once. */
export function exchange(pool: Pool, request: CheckedRequest, options: ExchangeOptions): Forwarding {
  return new Exchange(pool, request, options);
}

/** What is tried, for messages. */
export function attemptOf({ method, path }: CheckedRequest): string {
  return `request ${method} ${withoutQuery(path)}`;
}

class Exchange implements Dispatcher.DispatchHandler, Forwarding {
  readonly #pool: Pool;
  readonly #request: CheckedRequest;
  readonly #signal: AbortSignal | undefined;
  readonly #sink: ResponseSink;
  #timer: NodeJS.Timeout | undefined;
  #controller: Controller | undefined;
  #isAnswered = false;
  #ended: BowspritError | true | undefined;
  #isSecondDispatch = false;

  constructor(pool: Pool, request: CheckedRequest, { signal, timeoutMs, sink }: ExchangeOptions) {
    this.#pool = pool;
    this.#request = request;
    this.#signal = signal;
    this.#sink = sink;
    this.#watch(timeoutMs);
    // undici lets the loop turn before it writes on an idle connection, to read what nobody asked for. A turn that begins where sockets
    // are read is over before any is; one that begins here is not.
    if (this.#ended === undefined) setImmediate(() => this.#dispatch());
  }

  resume(): void {
    this.#controller?.resume();
  }

  abort(reason?: unknown): void {
    // The common case, an answer that was read to its end: an error that nobody sees costs more than all the rest.
    if (this.#ended !== undefined) return;
    const error = new BowspritError(ErrorCode.Aborted, `${this.#attempt()}: the reader of the answer has gone`, {
      cause: reason,
    });
    this.#callOff(error);
  }

  onRequestStart(controller: Controller): void {
    // A request called off while it waited for a connection: throwing leaves that connection whole.
    if (this.#ended instanceof Error) throw this.#ended;
    this.#controller = controller;
  }

  onResponseStart(controller: Controller, status: number, ...more: [headers: unknown, statusText?: string]): void {
    if (status < 200) return;
    const [, statusText = ""] = more;
    this.#isAnswered = true;
    this.#sink.head(status, statusText, textsOf(controller.rawHeaders));
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    // undici says nothing once more after each pause: a reader who paused again for that would keep the limit on pauses from passing.
    if (chunk.length > 0 && !this.#sink.data(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#release(true);
    this.#sink.end();
  }

  onResponseError(_controller: unknown, reason: unknown): void {
    if (this.#controller === undefined && this.#ended === undefined && !this.#isSecondDispatch && isReset(reason)) {
      this.#isSecondDispatch = true;
      // undici is still clearing the queue of the dead connection: the request must not enter that queue again.
      queueMicrotask(() => this.#dispatch());
      return;
    }
    this.#fail(fromUndiciError(reason, { attempt: this.#attempt(), answered: this.#isAnswered }));
  }

  #watch(timeoutMs: number | undefined): void {
    const { body } = this.#request;
    if (body instanceof Readable) {
      body.on("error", this.#onBodyError);
      if (body.errored !== null) this.#onBodyError(body.errored);
    }
    if (this.#signal?.aborted === true) this.#onAbort();
    if (this.#ended !== undefined) return;
    this.#signal?.addEventListener("abort", this.#onAbort);
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#onDeadline, timeoutMs, timeoutMs);
  }

  #dispatch(): void {
    if (this.#ended !== undefined) return;
    const { method, path, headers, body, idleTimeoutMs } = this.#request;
    this.#pool.dispatch({ method, path, headers: [...headers], body, bodyTimeout: idleTimeoutMs ?? null }, this);
  }

  /** Ends an exchange from our side: the connection is of no more use, so it goes with it. */
  #callOff(error: BowspritError): void {
    if (this.#ended !== undefined) return;
    this.#fail(error);
    this.#controller?.abort(error);
  }

  #fail(error: BowspritError): void {
    if (this.#ended !== undefined) return;
    this.#release(error);
    this.#sink.failed(error);
  }

  #release(ended: BowspritError | true): void {
    this.#ended = ended;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    if (this.#request.body instanceof Readable) this.#request.body.destroy();
  }

  readonly #attempt = (): string => attemptOf(this.#request);

  readonly #onAbort = (): void => {
    this.#callOff(new BowspritError(ErrorCode.Aborted, `${this.#attempt()}: aborted`, { cause: this.#signal?.reason }));
  };

  readonly #onDeadline = (timeoutMs: number): void => {
    this.#callOff(new BowspritError(ErrorCode.DeadlineExceeded, `${this.#attempt()}: not done after ${timeoutMs} ms`));
  };

  readonly #onBodyError = (cause: Error): void => {
    const why = `the body of the request failed: ${cause.message}`;
    this.#callOff(new BowspritError(ErrorCode.Aborted, `${this.#attempt()}: ${why}`, { cause }));
  };
}

function textsOf(raw: Controller["rawHeaders"]): RawHeaders {
  return Array.isArray(raw) ? raw.map((bytes) => (typeof bytes === "string" ? bytes : bytes.toString("latin1"))) : [];
}
