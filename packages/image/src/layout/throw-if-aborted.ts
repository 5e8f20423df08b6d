import { BowspritError, ErrorCode } from "@bowsprit/core";

/** @throws BowspritError `ABORTED` when the signal fired; `attempt` begins the message. */
export function throwIfAborted(signal: AbortSignal | undefined, attempt: string): void {
  if (signal?.aborted === true)
    throw new BowspritError(ErrorCode.Aborted, `${attempt}: told to stop`, { cause: signal.reason });
}
