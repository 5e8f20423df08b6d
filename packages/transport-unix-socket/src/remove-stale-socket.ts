import { randomBytes } from "node:crypto";
import { lstat } from "node:fs/promises";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import { clearStaleSocket } from "./clear-stale-socket.ts";

/**
 * Removes the socket file that a dead program of ours left, so that its successor, which may not look, can listen there. A live
 * listener, whatever is no socket of ours, and nothing at all are left as they are: true says that a file was removed.
 * @throws BowspritError `ENDPOINT_FORBIDDEN` where the folder cannot be changed.
 */
export async function removeStaleSocket(path: string): Promise<boolean> {
  const attempt = `clear unix://${path}`;
  const hasProc = process.platform === "linux";
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSocket() !== true) return false;
  try {
    await clearStaleSocket(path, { hasProc, attempt, aside: `${path}.${randomBytes(8).toString("hex")}` });
    return true;
  } catch (error) {
    const isOthers = BowspritError.is(error) && error.code !== ErrorCode.Aborted;
    if (isOthers) return false;
    throw fromNodeError(error, { attempt, codes: { ENOENT: ErrorCode.EndpointUnreachable } });
  }
}
