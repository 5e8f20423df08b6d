import { BowspritError, createExecResult, ErrorCode, type ExecProcess, type ExecResult } from "@bowsprit/core";

export interface CollectOptions {
  /** What runs, for messages and the result. */
  readonly argv: readonly [string, ...string[]];
  /** Bytes both outputs together may have. */
  readonly maxOutputBytes: number;
  /** What to do about more than that, as a full sentence. */
  readonly hint: string;
}

/**
 * Reads all that a process writes, as UTF-8, and how it ended. The process stays the caller's, who ends it, also after a failure.
 * @throws BowspritError `MESSAGE_TOO_LARGE` when it writes more than `maxOutputBytes`.
 */
export async function collectOutput(
  { stdout, stderr, exited }: Pick<ExecProcess, "stdout" | "stderr" | "exited">,
  options: CollectOptions,
): Promise<ExecResult> {
  let left = options.maxOutputBytes;
  const collect = async (output: AsyncIterable<Uint8Array>): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of output) {
      left -= chunk.length;
      if (left < 0) throw tooLarge(options);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  };
  const [out, err] = await Promise.all([collect(stdout), collect(stderr)]);
  return createExecResult({ cmd: options.argv.join(" "), ...(await exited), stdout: out, stderr: err });
}

function tooLarge({ argv: [program], maxOutputBytes, hint }: CollectOptions): BowspritError {
  return new BowspritError(ErrorCode.MessageTooLarge, `run ${program}: it wrote more than ${maxOutputBytes} bytes`, {
    details: { maxOutputBytes },
    hint,
  });
}
