import { BowspritError, createExecResult, ErrorCode, type ExecResult } from "@bowsprit/core";
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
  const attempt = `run ${start.argv[0]}`;
  await using running = await startProcess({ ...start, output: "pipe" });
  let left = maxOutputBytes;
  const collect = async (output: AsyncIterable<Uint8Array>): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of output) {
      left -= chunk.length;
      if (left < 0) throw tooLarge(attempt, maxOutputBytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  };
  const [stdout, stderr] = await Promise.all([collect(running.stdout), collect(running.stderr)]);
  const { code, signal } = await running.exited;
  if (start.signal?.aborted === true) throw endOfCall(attempt, start.signal);
  return createExecResult({ cmd: start.argv.join(" "), code, signal, stdout, stderr });
}

function tooLarge(attempt: string, maxOutputBytes: number): BowspritError {
  return new BowspritError(ErrorCode.MessageTooLarge, `${attempt}: it wrote more than ${maxOutputBytes} bytes`, {
    details: { maxOutputBytes },
    hint: "Read its output as a stream, with startProcess.",
  });
}
