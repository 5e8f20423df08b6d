import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { ErrorCode, fromNodeError } from "@bowsprit/core";
import type { DaemonRecord } from "./daemon-record.ts";
import { daemonFile, findDaemon } from "./find-daemon.ts";

/**
 * Writes a daemon's record, whole or not at all, for its user alone; what a killed daemon left is replaced. Disposing removes it, unless
 * it is another daemon's by then.
 * @throws BowspritError `HOME_UNUSABLE`.
 */
export async function publishRecord(home: string, record: DaemonRecord): Promise<AsyncDisposable> {
  const path = daemonFile(home);
  const unfinished = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await using file = await open(unfinished, "wx", 0o600);
    await file.writeFile(`${JSON.stringify(record)}\n`);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw fromNodeError(error, { attempt: `write ${path}`, codes: unusable });
  }
  return {
    async [Symbol.asyncDispose]() {
      if ((await findDaemon(home))?.secret === record.secret) await rm(path, { force: true }).catch(() => {});
    },
  };
}

const unusable = { ENOENT: ErrorCode.HomeUnusable, EACCES: ErrorCode.HomeUnusable, EPERM: ErrorCode.HomeUnusable };
