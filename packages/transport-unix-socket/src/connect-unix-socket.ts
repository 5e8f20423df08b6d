import { constants } from "node:fs";
import { lstat, open } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type CallOptions, createTurns, ErrorCode, fromNodeError, type Turns } from "@bowsprit/core";
import { createCallLimit } from "./call-limit.ts";
import { checkSocketFile } from "./check-socket-file.ts";
import type { SocketAddress } from "./check-socket-path.ts";

/** Linux: names a file without opening it for anything; Node has no constant for it. */
export const openPathOnly = 0o10000000;

/** A local endpoint that has not answered by then will not. */
const defaultTimeoutMs = 5000;

/** How long a listener whose queue of connections is full gets to accept one before we ask again. */
const busyDelayMs = 5;

const codes = {
  ENOTDIR: ErrorCode.EndpointUnreachable,
  EPROTOTYPE: ErrorCode.EndpointInvalid,
  ECONNRESET: ErrorCode.EndpointUnreachable,
};

/** How to dial, and for how long; the default is 5,000 ms. */
export interface ConnectOptions extends CallOptions {
  /** Whether `/proc/self/fd` can name an open file. */
  readonly hasProc: boolean;
  /** Begins the messages. */
  readonly attempt: string;
  /** Where dials wait while their listener is busy; the default is a queue for this one alone. */
  readonly turns?: Turns;
}

/**
 * Opens a stream to a socket file that was checked. With `/proc` the very file that was checked is dialled, whatever its name means by
 * then and however long it is.
 */
export async function connectUnixSocket(address: SocketAddress, options: ConnectOptions): Promise<Socket> {
  const { attempt, signal, timeoutMs = defaultTimeoutMs, turns = createTurns() } = options;
  using limit = createCallLimit(attempt, { ...(signal && { signal }), timeoutMs });
  const dial = { attempt, check: limit.check, turns };
  const stream = options.hasProc ? dialFile(address, dial) : dialPath(address, dial);
  try {
    return await limit.race(stream);
  } catch (error) {
    stream.then((late) => late.destroy()).catch(() => {});
    throw fromNodeError(error, { attempt, codes });
  }
}

interface Dial {
  readonly attempt: string;
  /** Throws once nobody waits any more. */
  readonly check: () => void;
  readonly turns: Turns;
}

async function dialFile(address: SocketAddress, dial: Dial): Promise<Socket> {
  await using file = await open(address.path, openPathOnly | constants.O_NOFOLLOW);
  checkSocketFile(dial.attempt, await file.stat(), address);
  return await dialWhenFree(`/proc/self/fd/${file.fd}`, dial);
}

async function dialPath(address: SocketAddress, dial: Dial): Promise<Socket> {
  checkSocketFile(dial.attempt, await lstat(address.path), address);
  return await dialWhenFree(address.path, dial);
}

/**
 * EAGAIN: the listener lives, but its queue is full, and nothing tells when it has room. One asks again at a time: a crowd that does
 * would keep a busy computer from the very accepting it waits for.
 */
async function dialWhenFree(path: string, dial: Dial): Promise<Socket> {
  const stream = await dialUnlessBusy(path, dial);
  if (stream !== undefined) return stream;
  return await dial.turns(dial.attempt, async () => {
    for (;;) {
      const late = await dialUnlessBusy(path, dial);
      if (late !== undefined) return late;
      await delay(busyDelayMs);
    }
  });
}

async function dialUnlessBusy(path: string, dial: Dial): Promise<Socket | undefined> {
  dial.check();
  return await dialOnce(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return undefined;
    throw error;
  });
}

function dialOnce(path: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const stream = connect({ path, allowHalfOpen: true });
  // The listener stays: a reset may come before the caller had time to listen for one, and must not end the process.
  stream.on("error", reject).once("connect", () => resolve(stream));
  return promise;
}
