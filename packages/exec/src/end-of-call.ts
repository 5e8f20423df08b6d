import { BowspritError, ErrorCode } from "@bowsprit/core";

/** The error of a call whose signal fired: `DEADLINE_EXCEEDED` for a timeout, else `ABORTED`, with the signal's reason as its cause. */
export function endOfCall(attempt: string, { reason }: AbortSignal): BowspritError {
  const late = reason instanceof Error && reason.name === "TimeoutError";
  return late
    ? new BowspritError(ErrorCode.DeadlineExceeded, `${attempt}: not done in time`, { cause: reason })
    : new BowspritError(ErrorCode.Aborted, `${attempt}: aborted`, { cause: reason });
}
