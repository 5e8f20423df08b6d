import { connect, type Socket } from "node:net";
import { BowspritError, type CallOptions, ErrorCode, fromNodeError } from "@bowsprit/core";

const defaultTimeoutMs = 5_000;
/** What a timer of Node can wait; beyond it, it fires at once. */
const maxTimeoutMs = 2 ** 31 - 1;

export interface PipeDial extends CallOptions {
  /** The pipe's whole path. */
  readonly path: string;
  /** What is being tried, for messages: `dial npipe://name`. */
  readonly attempt: string;
}

/**
 * Opens one stream to a pipe. Windows makes a caller wait while every instance of a pipe is taken, in a thread that nothing can
 * interrupt; the deadline (5,000 ms by default) and the signal are therefore ours: they end the call, and the late stream is closed.
 * @throws BowspritError `ENDPOINT_UNREACHABLE`, `ENDPOINT_FORBIDDEN`, `ENDPOINT_INVALID`, `DEADLINE_EXCEEDED`, `ABORTED`,
 * `INVALID_ARGUMENT` for a time that no timer can wait.
 */
export async function dialPipe(dial: PipeDial): Promise<Socket> {
  const { path, attempt, signal, timeoutMs = defaultTimeoutMs } = dial;
  if (signal?.aborted === true) throw aborted(attempt, signal);
  if (!(timeoutMs >= 0 && timeoutMs <= maxTimeoutMs)) {
    throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: timeoutMs must be from 0 to ${maxTimeoutMs}`);
  }
  // The listener stays: a reset may come before the caller had time to listen for one, and must not end the process.
  const socket = connect({ path, allowHalfOpen: false }).on("error", () => {});
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const onAbort = (): void => reject(signal === undefined ? undefined : aborted(attempt, signal));
  const onError = (reason: Error): void => reject(fromNodeError(reason, { attempt }));
  const onConnect = (): void => resolve(socket);
  const timer = setTimeout(() => reject(late(attempt, timeoutMs)), timeoutMs);
  signal?.addEventListener("abort", onAbort, { once: true });
  socket.once("error", onError).once("connect", onConnect);
  try {
    return await promise;
  } catch (reason) {
    socket.destroy();
    throw reason;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    socket.off("error", onError).off("connect", onConnect);
  }
}

function aborted(attempt: string, signal: AbortSignal): BowspritError {
  return new BowspritError(ErrorCode.Aborted, `${attempt}: aborted by the caller`, { cause: signal.reason });
}

function late(attempt: string, timeoutMs: number): BowspritError {
  return new BowspritError(ErrorCode.DeadlineExceeded, `${attempt}: no answer within ${timeoutMs} ms`, {
    details: { timeoutMs },
    hint: "The pipe exists but takes no further caller; see whether its owner is stuck, or give the call more time.",
  });
}
