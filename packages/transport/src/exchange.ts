import { Readable } from "node:stream";
import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";
import type { Dispatcher, Pool } from "undici";
import { createReaders, createResponseBody } from "./response-body.ts";
import type { ServiceResponse } from "./service-message.ts";
import { fromUndiciError, isReset } from "./undici-error.ts";

/** A request that was checked. */
export interface CheckedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: Uint8Array | string | Readable | null;
}

type Controller = Dispatcher.DispatchController;

/** One request and its answer on a pool. The limits of `options` hold until the last byte of the answer. */
export function exchange(pool: Pool, request: CheckedRequest, options: CallOptions): Promise<ServiceResponse> {
  return new Exchange(pool, request, options).response;
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly response: Promise<ServiceResponse>;
  readonly #pool: Pool;
  readonly #request: CheckedRequest;
  readonly #signal: AbortSignal | undefined;
  readonly #resolve: (response: ServiceResponse) => void;
  readonly #reject: (error: BowspritError) => void;
  #timer: NodeJS.Timeout | undefined;
  #controller: Controller | undefined;
  #body: Readable | undefined;
  #ended: BowspritError | true | undefined;
  #isSecondDispatch = false;

  constructor(pool: Pool, request: CheckedRequest, { signal, timeoutMs }: CallOptions) {
    const { promise, resolve, reject } = Promise.withResolvers<ServiceResponse>();
    this.response = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#pool = pool;
    this.#request = request;
    this.#signal = signal;
    this.#watch(timeoutMs);
    if (this.#ended === undefined) this.#dispatch();
  }

  onRequestStart(controller: Controller): void {
    // A request called off while it waited for a connection: throwing leaves that connection whole.
    if (this.#ended instanceof Error) throw this.#ended;
    this.#controller = controller;
  }

  onResponseStart(controller: Controller, status: number, ...more: [headers: unknown, statusText?: string]): void {
    if (status < 200) return;
    const [, statusText = ""] = more;
    const body = createResponseBody({ onRoom: () => controller.resume(), onClose: this.#onReaderGone });
    const raw = controller.rawHeaders;
    this.#body = body;
    this.#resolve({ status, statusText, headers: pairsOf(raw), body, ...createReaders(body, this.#attempt) });
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#body?.push(chunk) === false) controller.pause();
  }

  onResponseEnd(): void {
    this.#release(true);
    this.#body?.push(null);
  }

  onResponseError(_controller: unknown, reason: unknown): void {
    if (this.#controller === undefined && this.#ended === undefined && !this.#isSecondDispatch && isReset(reason)) {
      this.#isSecondDispatch = true;
      // undici is still clearing the queue of the dead connection: the request must not enter that queue again.
      queueMicrotask(() => this.#dispatch());
      return;
    }
    this.#fail(fromUndiciError(reason, { attempt: this.#attempt(), answered: this.#body !== undefined }));
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
    const { method, path, headers, body } = this.#request;
    this.#pool.dispatch({ method, path, headers: [...headers], body }, this);
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
    this.#reject(error);
    this.#body?.destroy(error);
  }

  #release(ended: BowspritError | true): void {
    this.#ended = ended;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    if (this.#request.body instanceof Readable) this.#request.body.destroy();
  }

  /** Without the query, which may hold what is not for a log. */
  readonly #attempt = (): string => `request ${this.#request.method} ${this.#request.path.replace(/\?.*$/u, "")}`;

  readonly #onAbort = (): void => {
    this.#callOff(new BowspritError(ErrorCode.Aborted, `${this.#attempt()}: aborted`, { cause: this.#signal?.reason }));
  };

  readonly #onDeadline = (timeoutMs: number): void => {
    this.#callOff(new BowspritError(ErrorCode.DeadlineExceeded, `${this.#attempt()}: not done after ${timeoutMs} ms`));
  };

  readonly #onReaderGone = (): void => {
    // The common case, a body that was read to its end: an error that nobody sees costs more than all the rest.
    if (this.#ended !== undefined) return;
    this.#callOff(new BowspritError(ErrorCode.Aborted, `${this.#attempt()}: the reader of the answer has gone`));
  };

  readonly #onBodyError = (cause: Error): void => {
    const why = `the body of the request failed: ${cause.message}`;
    this.#callOff(new BowspritError(ErrorCode.Aborted, `${this.#attempt()}: ${why}`, { cause }));
  };
}

function pairsOf(raw: Controller["rawHeaders"]): readonly (readonly [string, string])[] {
  if (!Array.isArray(raw)) return [];
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < raw.length; index += 2) pairs.push([latin1(raw[index]), latin1(raw[index + 1])]);
  return pairs;
}

function latin1(bytes: Buffer | string | undefined): string {
  return typeof bytes === "string" ? bytes : (bytes?.toString("latin1") ?? "");
}
