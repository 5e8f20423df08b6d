import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { ErrorCode, fromNodeError } from "@bowsprit/core";
import { checkProcessOptions } from "./check-process-options.ts";
import type { ProcessOptions } from "./process-options.ts";

export interface DetachedOptions extends Pick<ProcessOptions, "argv" | "cwd" | "env"> {
  /** Both outputs are appended to this file, which is made for us alone (0600). */
  readonly logFile: string;
}

/** A process that goes on without us. */
export interface DetachedProcess {
  readonly pid: number;
  /** Settles when it has ended, if we still run by then; it does not keep us running. */
  readonly ended: Promise<void>;
}

/**
 * Starts a process that outlives us: a session of its own, no terminal, no input.
 * @throws BowspritError `EXECUTABLE_NOT_FOUND`, `EXECUTABLE_NOT_RUNNABLE`, `INVALID_ARGUMENT`, `HOME_UNUSABLE` for the log file.
 */
export async function startDetached(options: DetachedOptions): Promise<DetachedProcess> {
  const { argv, cwd, env, logFile } = options;
  const attempt = `start ${argv[0]}`;
  await checkProcessOptions(attempt, options);
  const log = await open(logFile, "a", 0o600).catch((error: unknown) => {
    throw fromNodeError(error, { attempt: `write ${logFile}`, codes: fileCodes });
  });
  try {
    const [program, ...args] = argv;
    const stdio = ["ignore" as const, log.fd, log.fd];
    const child = spawn(program, args, { cwd, env, stdio, detached: true, shell: false, windowsHide: true });
    const ended = once(child, "exit").then(() => {});
    ended.catch(() => {});
    await once(child, "spawn");
    child.unref();
    return { pid: child.pid ?? 0, ended };
  } catch (error) {
    throw fromNodeError(error, { attempt, codes });
  } finally {
    await log.close();
  }
}

const fileCodes = {
  ENOENT: ErrorCode.HomeUnusable,
  EACCES: ErrorCode.HomeUnusable,
  EPERM: ErrorCode.HomeUnusable,
  ENOTDIR: ErrorCode.HomeUnusable,
  EISDIR: ErrorCode.HomeUnusable,
};

const codes = { ENOENT: ErrorCode.ExecutableNotFound, EACCES: ErrorCode.ExecutableNotRunnable };
