import { connect, type Socket } from "node:net";
import { BowspritError, type CallOptions, createTurns, ErrorCode, fromNodeError, type Turns } from "@bowsprit/core";

const defaultTimeoutMs = 5_000;
/** What a timer of Node can wait; beyond it, it fires at once. */
const maxTimeoutMs = 2 ** 31 - 1;

/** A pipe that has streams but takes no more of them: Wine has no number for it that libuv would know. */
const codes = { UNKNOWN: ErrorCode.EndpointUnreachable };

export interface PipeDial extends CallOptions {
  /** The pipe's whole path. */
  readonly path: string;
  /** What is being tried, for messages: `dial npipe://name`. */
  readonly attempt: string;
  /** Where dials of one pipe wait for one another; the default is a line for this one alone. */
  readonly turns?: Turns;
}

/**
 * Opens one stream to a pipe. Windows makes a caller wait while every instance of a pipe is taken, in a thread that nothing can
 * interrupt; the deadline (5,000 ms by default) and the signal are therefore ours: they end the call, and the late stream is closed.
 * A listener of Node has four instances, so that a crowd would take them from itself: dials of one pipe go one after the other.
 * @throws BowspritError `ENDPOINT_UNREACHABLE`, `ENDPOINT_FORBIDDEN`, `ENDPOINT_INVALID`, `DEADLINE_EXCEEDED`, `ABORTED`,
 * `INVALID_ARGUMENT` for a time that no timer can wait.
 */
export async function dialPipe(dial: PipeDial): Promise<Socket> {
  const { path, attempt, signal, timeoutMs = defaultTimeoutMs, turns = createTurns() } = dial;
  if (signal?.aborted === true) throw aborted(attempt, signal);
  if (!(timeoutMs >= 0 && timeoutMs <= maxTimeoutMs)) {
    throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: timeoutMs must be from 0 to ${maxTimeoutMs}`);
  }
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => {});
  const onAbort = (): void => reject(signal === undefined ? undefined : aborted(attempt, signal));
  const timer = setTimeout(() => reject(late(attempt, timeoutMs)), timeoutMs);
  signal?.addEventListener("abort", onAbort, { once: true });
  const dialled = turns(path, () => dialOnce(path, over));
  dialled.catch(() => {});
  try {
    return await Promise.race([dialled, over]);
  } catch (reason) {
    throw fromNodeError(reason, { attempt, codes });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Dials until `over` rejects; the stream is closed then, and a later turn never begins. */
async function dialOnce(path: string, over: Promise<never>): Promise<Socket> {
  await Promise.race([over, Promise.resolve()]);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  // The listener stays: a reset may come before the caller had time to listen for one, and must not end the process.
  const socket = connect({ path, allowHalfOpen: false }).on("error", reject);
  socket.once("connect", () => resolve(socket));
  try {
    return await Promise.race([promise, over]);
  } catch (reason) {
    socket.destroy();
    throw reason;
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
