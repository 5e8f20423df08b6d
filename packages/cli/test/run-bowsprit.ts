import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";

const program = join(import.meta.dirname, "../dist/bin.js");

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly home: string;
  readonly input?: Readable;
  /** Where it stands; the default is where the tests do. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the child as soon as it was started. */
  readonly started?: (child: ChildProcess) => void;
  readonly onStdout?: (chunk: Buffer) => void;
}

/** Runs the built program, what a user gets: a process of its own, no terminal, an environment without an engine. */
export async function runBowsprit(args: readonly string[], options: RunOptions): Promise<Ended> {
  const child = spawn(process.execPath, [program, "--home", options.home, ...args], {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: options.home,
      DOCKER_HOST: `unix://${options.home}/no-engine.sock`,
      ...options.env,
    },
  });
  options.started?.(child);
  if (options.input !== undefined && child.stdin !== null) options.input.pipe(child.stdin);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout.push(chunk);
    options.onStdout?.(chunk);
  });
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...end) => resolve(end));
  });
  return { code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}
