import { spawn } from "node:child_process";
import { open } from "node:fs/promises";

export interface ProgramOptions {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Files that take what the program prints; without them it goes to our stderr. Files, since Wine cannot use a pipe. */
  readonly output?: { readonly stdout: string; readonly stderr: string };
  readonly timeoutMs: number;
}

/**
 * Runs a program to its end, and gives its exit code.
 * @throws Error when it cannot be started, or was killed because its time was over.
 */
export async function runProgram(options: ProgramOptions): Promise<number> {
  const { argv, env, cwd, output, timeoutMs } = options;
  const [program, ...args] = argv;
  const files = output === undefined ? [] : await Promise.all([open(output.stdout, "w"), open(output.stderr, "w")]);
  const [stdout, stderr] = files;
  try {
    const stdio = ["ignore", stdout?.fd ?? 2, stderr?.fd ?? 2] as const;
    const child = spawn(program, args, { env, cwd, stdio: [...stdio], timeout: timeoutMs, killSignal: "SIGKILL" });
    const ended = Promise.withResolvers<number>();
    child.once("error", ended.reject).once("exit", (code, signal) => {
      if (code !== null) ended.resolve(code);
      else ended.reject(new Error(`${program} ended by ${signal ?? "nothing"}, perhaps after ${timeoutMs} ms`));
    });
    return await ended.promise;
  } finally {
    await Promise.all(files.map(async (file) => file.close()));
  }
}
