import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";

/** What ends a call early: the caller's signal or a timer of ours, whichever comes first. Disposing forgets both. */
export interface CallLimit extends Disposable {
  /** Rejects when the call must end; `work` goes on unheard, so it must clean up after itself. */
  race<T>(work: Promise<T>): Promise<T>;
  /** @throws BowspritError `ABORTED` or `DEADLINE_EXCEEDED` once the call must end. */
  check(): void;
}

/** Limits a call; `attempt` begins the messages, and `options.timeoutMs` has been given its default. */
export function createCallLimit(
  attempt: string,
  { signal, timeoutMs }: CallOptions & { readonly timeoutMs: number },
): CallLimit {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {});
  let failure: BowspritError | undefined;
  const end = (error: BowspritError): void => {
    failure ??= error;
    reject(failure);
  };
  const onAbort = (): void =>
    end(new BowspritError(ErrorCode.Aborted, `${attempt}: aborted`, { cause: signal?.reason }));
  const timer = setTimeout(() => {
    end(new BowspritError(ErrorCode.DeadlineExceeded, `${attempt}: no answer within ${timeoutMs} ms`));
  }, timeoutMs);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener("abort", onAbort);
  return {
    race: (work) => Promise.race([work, ended]),
    check() {
      if (failure !== undefined) throw failure;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
