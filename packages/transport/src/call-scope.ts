import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";

/** What ends a call before its answer, whichever comes first. Disposing forgets all of it. */
export interface CallScope extends Disposable {
  /** Begins the messages. */
  readonly attempt: string;
  /** Fires with the error that ends the call. */
  readonly signal: AbortSignal;
  /** Limits the step that begins now, and no longer the one before; 0 milliseconds are no limit. `why` ends the message. */
  limit(timeoutMs: number, why: string): void;
}

/** The caller's limits, and the signal that a client fires with its reason when it is closed. */
export interface CallScopeOptions extends CallOptions {
  readonly closed: AbortSignal;
}

/** The scope of a call whose messages begin with `attempt`. */
export function openCallScope(attempt: string, { signal, timeoutMs, closed }: CallScopeOptions): CallScope {
  const ended = new AbortController();
  const end = (code: ErrorCode, why: string, cause?: unknown): void =>
    ended.abort(new BowspritError(code, `${attempt}: ${why}`, { cause }));
  const onClosed = (): void => ended.abort(closed.reason);
  const onAbort = (): void => end(ErrorCode.Aborted, "aborted", signal?.reason);
  const onDeadline = (): void => end(ErrorCode.DeadlineExceeded, `not done after ${timeoutMs} ms`);
  const deadline = timeoutMs === undefined ? undefined : setTimeout(onDeadline, timeoutMs);
  let step: NodeJS.Timeout | undefined;
  if (closed.aborted) onClosed();
  if (signal?.aborted === true) onAbort();
  closed.addEventListener("abort", onClosed);
  signal?.addEventListener("abort", onAbort);
  return {
    attempt,
    signal: ended.signal,
    limit(limitMs, why) {
      clearTimeout(step);
      if (limitMs > 0) step = setTimeout(() => end(ErrorCode.DeadlineExceeded, why), limitMs);
    },
    [Symbol.dispose]() {
      clearTimeout(step);
      clearTimeout(deadline);
      closed.removeEventListener("abort", onClosed);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
