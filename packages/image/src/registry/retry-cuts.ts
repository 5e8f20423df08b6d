import { setTimeout } from "node:timers/promises";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { aborted } from "./wire-error.ts";

export interface RetryOptions {
  readonly attempt: string;
  readonly signal: AbortSignal;
  /** Milliseconds before the first repetition; each further one waits twice as long. */
  readonly retryMs: number;
}

const maxRetries = 5;

/**
 * Repeats what a cut connection ended, five times at most: only GETs are sent here, and they change nothing. Whatever else fails is
 * not repeated: a registry that refuses will refuse again, and one that is slow or overloaded is not helped.
 * @throws BowspritError `ENDPOINT_UNREACHABLE` after the last cut, `ABORTED`, `DEADLINE_EXCEEDED`, and what `act` throws.
 */
export async function retryCuts<Result>(options: RetryOptions, act: () => Promise<Result>): Promise<Result> {
  const { attempt, signal, retryMs } = options;
  for (let retries = 0; ; retries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!BowspritError.is(error, ErrorCode.ConnectionLost)) throw error;
      if (retries === maxRetries) throw cutTooOften(attempt, error);
    }
    await setTimeout(retryMs * 2 ** retries, undefined, { signal }).catch(() => {
      throw aborted(attempt, signal);
    });
  }
}

function cutTooOften(attempt: string, cause: BowspritError): BowspritError {
  return new BowspritError(
    ErrorCode.EndpointUnreachable,
    `${attempt}: the connection was cut ${maxRetries + 1} times`,
    {
      cause,
      details: cause.details,
      hint: "Try again: what has arrived is kept and continued.",
    },
  );
}
