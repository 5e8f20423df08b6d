import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The backend's program. */
export const script: string = join(import.meta.dirname, "..", "backend", "server.js");

/** A running backend on a socket in a folder of its own. Disposing ends the process and removes the folder. */
export interface BackendProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly socketPath: string;
  /** How the process ended: its code, else the signal's name. */
  readonly exited: Promise<number | string>;
}

export interface BackendProcessOptions {
  /** Runs before the backend starts, with the path its socket will have. */
  readonly before?: (socketPath: string) => Promise<void>;
}

/** Starts `backend/server.js` by this Node, and waits until it says that it listens. */
export async function startBackend({ before }: BackendProcessOptions = {}): Promise<BackendProcess> {
  const folder = await mkdtemp(join(tmpdir(), "hello-"));
  const socketPath = join(folder, "hello.sock");
  await before?.(socketPath);
  const env = { PATH: process.env["PATH"], BOWSPRIT_SOCKET: socketPath, HELLO_FROM: "a test" };
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit").then(([code, signal]: (number | string | null)[]) => code ?? signal ?? "");
  const dispose = async (): Promise<void> => {
    child.kill("SIGKILL");
    await exited;
    await rm(folder, { recursive: true });
  };
  const ready = await Promise.race([once(child.stdout, "data"), exited]);
  if (!String(ready).includes("listening")) {
    await dispose();
    throw new Error(`the backend did not start: ${String(ready)}`);
  }
  return { child, socketPath, exited, [Symbol.asyncDispose]: dispose };
}
