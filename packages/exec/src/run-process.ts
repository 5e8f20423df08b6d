import type { ExecResult } from "@bowsprit/core";
import { collectOutput } from "./collect-output.ts";
import { endOfCall } from "./end-of-call.ts";
import type { ProcessOptions } from "./process-options.ts";
import { startProcess } from "./start-process.ts";

export interface RunOptions extends Omit<ProcessOptions, "output"> {
  /** Bytes both outputs together may have; the default, 64 MiB, is far above what a command prints for a program to read. */
  readonly maxOutputBytes?: number;
}

/**
 * Runs a process to its end and collects what it writes, as UTF-8. An exit code other than 0 is a result, not an error.
 * @throws BowspritError what `startProcess` throws; `MESSAGE_TOO_LARGE` when it writes more than `maxOutputBytes`, and it is ended then;
 * `ABORTED` or `DEADLINE_EXCEEDED`, once it has ended.
 */
export async function runProcess(options: RunOptions): Promise<ExecResult> {
  const { maxOutputBytes = 64 * 1024 * 1024, ...start } = options;
  const { argv, signal } = start;
  await using running = await startProcess({ ...start, output: "pipe" });
  const hint = "Read its output as a stream, with startProcess.";
  const result = await collectOutput(running, { argv, maxOutputBytes, hint });
  if (signal?.aborted === true) throw endOfCall(`run ${argv[0]}`, signal);
  return result;
}
