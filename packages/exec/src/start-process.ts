import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import { checkProcessOptions } from "./check-process-options.ts";
import { endOfCall } from "./end-of-call.ts";
import { inspectExecutable } from "./inspect-executable.ts";
import { nativeCommand } from "./native-command.ts";
import type { ProcessOptions } from "./process-options.ts";
import { createRunningProcess, type RunningProcess } from "./running-process.ts";
import { thisPlatform } from "./this-platform.ts";

/**
 * Starts a process, without a shell, and resolves once it runs. Disposing the result, killing it and the signal reach its whole group;
 * disposing and the signal send SIGTERM, after `graceMs` SIGKILL, and wait until its outputs are closed.
 * @throws BowspritError `EXECUTABLE_NOT_FOUND`, `EXECUTABLE_NOT_RUNNABLE`, `INVALID_ARGUMENT`, `ABORTED`, `DEADLINE_EXCEEDED`.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const attempt = `start ${options.argv[0]}`;
  refuseIfAborted(attempt, options.signal);
  await checkProcessOptions(attempt, options);
  await inspectExecutable(attempt, options.argv[0], thisPlatform);
  refuseIfAborted(attempt, options.signal);
  try {
    const child = spawnChild(options);
    // A child that cannot be signalled reports that here, later; it has ended.
    child.on("error", () => {});
    const spawned = once(child, "spawn");
    // Its outputs are listened to before anything is awaited: a short life is over soon.
    const running = isSpawned(child) ? createRunningProcess(child, options) : undefined;
    await spawned;
    if (running !== undefined) return running;
    throw new BowspritError(ErrorCode.Internal, `${attempt}: it has no process id`);
  } catch (error) {
    throw explain(attempt, options.argv[0], error);
  }
}

function refuseIfAborted(attempt: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw endOfCall(attempt, signal);
}

function spawnChild({ argv, cwd, env, stdin = "ignore", output = "pipe" }: ProcessOptions): ChildProcess {
  const { file, args, verbatim } = nativeCommand(argv, thisPlatform.os, env);
  return spawn(file, [...args], {
    cwd,
    // Node passes its own coverage variable on unless the name is there.
    env: { NODE_V8_COVERAGE: undefined, ...env },
    stdio: [typeof stdin === "string" ? stdin : "pipe", output, output],
    detached: output === "pipe" && thisPlatform.os !== "windows",
    shell: false,
    windowsHide: true,
    windowsVerbatimArguments: verbatim,
  });
}

function isSpawned(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined;
}

const codes = {
  EACCES: ErrorCode.ExecutableNotRunnable,
  EPERM: ErrorCode.ExecutableNotRunnable,
  ENOEXEC: ErrorCode.ExecutableNotRunnable,
  UNKNOWN: ErrorCode.ExecutableNotRunnable,
  E2BIG: ErrorCode.InvalidArgument,
  ENAMETOOLONG: ErrorCode.InvalidArgument,
  EINVAL: ErrorCode.InvalidArgument,
};

// The program itself was there a moment ago, so what the system misses is what the program names.
function explain(attempt: string, path: string, error: unknown): BowspritError {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") {
    return new BowspritError(ErrorCode.ExecutableNotRunnable, `${attempt}: what it needs to run is missing`, {
      cause: error,
      details: { path },
      hint: "Install the interpreter that its #! line names (the line may not end in a carriage return), or the loader it was linked for.",
    });
  }
  return fromNodeError(error, { attempt, codes, details: { path } });
}
