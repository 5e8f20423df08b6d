import type { Stats } from "node:fs";
import { link, lstat, rename, unlink } from "node:fs/promises";
import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";
import { checkSocketFile } from "./check-socket-file.ts";
import { connectUnixSocket } from "./connect-unix-socket.ts";

/** How a dead listener's file is judged and where it goes. */
export interface ClearStaleSocketOptions extends CallOptions {
  readonly hasProc: boolean;
  /** Begins the messages. */
  readonly attempt: string;
  /** A name on the same file system that nothing else uses. */
  readonly aside: string;
}

/**
 * Removes the socket file of a listener that is dead: one of ours that refuses connections. Anything else stays, and is an error.
 * @throws BowspritError `ENDPOINT_IN_USE` for a live one, `ENDPOINT_INVALID` or `ENDPOINT_FORBIDDEN` for what is not a socket of ours.
 */
export async function clearStaleSocket(path: string, options: ClearStaleSocketOptions): Promise<void> {
  const found = await lstat(path);
  checkSocketFile(options.attempt, found, { scheme: "unix", path });
  if (!(await isDead(path, options))) throw inUse(options.attempt);
  await rename(path, options.aside);
  const moved = await lstat(options.aside);
  // Another process may have cleared the same one and listens already: it gets its name back.
  if (!isSameFile(found, moved)) await link(options.aside, path);
  await unlink(options.aside);
  if (!isSameFile(found, moved)) throw inUse(options.attempt);
}

/** True for two looks at one file. */
export function isSameFile(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

/** Only a refusal proves that nobody listens; whatever else goes wrong, somebody may. */
async function isDead(path: string, options: ClearStaleSocketOptions): Promise<boolean> {
  try {
    const stream = await connectUnixSocket({ scheme: "unix", path }, options);
    stream.destroy();
    return false;
  } catch (error) {
    if (BowspritError.is(error, ErrorCode.Aborted)) throw error;
    return BowspritError.is(error) && error.details["errno"] === "ECONNREFUSED";
  }
}

function inUse(attempt: string): BowspritError {
  return new BowspritError(ErrorCode.EndpointInUse, `${attempt}: somebody listens there already`, {
    hint: "Stop the other listener or choose another path.",
  });
}
