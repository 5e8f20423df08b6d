import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

/** The backend's process. */
export interface Backend {
  /** Ends it as if by accident: its socket stays. */
  kill(): Promise<void>;
  /** Lets it end by itself, with its socket. */
  stop(): Promise<void>;
  /**
   * Makes it spoil its idle connections. It does not return, and so lets this process read nothing, before that is done; then whatever
   * was sent lies in the connections unread.
   */
  spoil(): void;
  /** Rejects when it ends by itself, which it must not. */
  readonly died: Promise<never>;
}

export interface BackendOptions {
  readonly socketPath: string;
  readonly ledgerPath: string;
  readonly seed: number;
  /** Counts the processes of a run. */
  readonly life: number;
}

const mostWaitMs = 10_000;

/** Starts the backend, and resolves when it listens. */
export async function startBackend({ socketPath, ledgerPath, seed, life }: BackendOptions): Promise<Backend> {
  const child = fork(join(import.meta.dirname, "main.ts"), [socketPath, ledgerPath, String(seed), String(life)], {
    execArgv: [],
  });
  const exit = once(child, "exit");
  let isWanted = false;
  const died = exit.then(async () => {
    if (isWanted) return await new Promise<never>(() => {});
    throw new Error(`the backend ended by itself: ${child.exitCode ?? child.signalCode}`);
  });
  died.catch(() => {});
  await Promise.race([once(child, "message"), died]);
  const end = async (how: () => void): Promise<void> => {
    isWanted = true;
    if (child.exitCode === null && child.signalCode === null) how();
    await exit;
  };
  return {
    kill: () => end(() => child.kill("SIGKILL")),
    stop: () => end(() => child.disconnect()),
    spoil: () => spoil(child, ledgerPath),
    died,
  };
}

function spoil(child: ChildProcess, ledgerPath: string): void {
  const file = openSync(ledgerPath, "r");
  try {
    const { size } = fstatSync(file);
    const deadline = performance.now() + mostWaitMs;
    const cell = new Int32Array(new SharedArrayBuffer(4));
    const buffer = Buffer.alloc(64 * 1024);
    child.kill("SIGUSR2");
    for (;;) {
      const bytes = readSync(file, buffer, 0, buffer.length, size);
      if (/^# spoilt .*\n/mu.test(buffer.toString("latin1", 0, bytes))) return;
      if (performance.now() > deadline) throw new Error("the backend did not spoil its connections in time");
      Atomics.wait(cell, 0, 0, 1);
    }
  } finally {
    closeSync(file);
  }
}
