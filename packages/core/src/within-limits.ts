import { BowspritError } from "./bowsprit-error.ts";
import type { CallOptions } from "./call-options.ts";
import { ErrorCode } from "./error-code.ts";

/** The longest time a timer can wait: about 24 days. */
const maxTimeoutMs = 2 ** 31 - 1;

/**
 * Ends a wait at the caller's limits. The work itself goes on unheard, so it must belong to somebody who ends it. `attempt` begins the
 * messages.
 * @throws BowspritError `ABORTED` with the signal's reason as cause, `DEADLINE_EXCEEDED`, `INVALID_ARGUMENT` for a time no timer can
 * wait.
 */
export async function withinLimits<T>(
  attempt: string,
  work: Promise<T>,
  { signal, timeoutMs }: CallOptions,
): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onAbort = (): void =>
    reject(new BowspritError(ErrorCode.Aborted, `${attempt}: told to stop`, { cause: signal?.reason }));
  const onTime = (): void =>
    reject(new BowspritError(ErrorCode.DeadlineExceeded, `${attempt}: not done within ${timeoutMs} ms`));
  work.catch(() => {});
  checkTimeout(attempt, timeoutMs);
  const timer = timeoutMs === undefined ? undefined : setTimeout(onTime, timeoutMs);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted === true) onAbort();
  try {
    return await Promise.race([ended, work]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

function checkTimeout(attempt: string, timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (timeoutMs >= 0 && timeoutMs <= maxTimeoutMs)) return;
  throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: ${timeoutMs} is no time to wait`, {
    hint: `Give milliseconds from 0 to ${maxTimeoutMs}.`,
  });
}
