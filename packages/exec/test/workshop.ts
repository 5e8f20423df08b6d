import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProcessTable } from "../src/index.ts";

/** A fresh folder for one case, and the processes that the case must have ended. */
export interface Workshop extends AsyncDisposable {
  readonly folder: string;
  /** Writes an executable file and returns its path. */
  script(name: string, text: string): Promise<string>;
  /** Waits for a process id that a script writes into a file of the folder. */
  pidIn(name: string): Promise<number>;
  isAlive(pid: number): boolean;
}

export const node: string = process.execPath;
const table = createProcessTable();

/** Disposing removes the folder and fails when a process whose id was read still lives; such a process is ended. */
export async function createWorkshop(): Promise<Workshop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "exec-")));
  const pids: number[] = [];
  const isAlive = (pid: number): boolean => table.find(pid) !== undefined;
  return {
    folder,
    isAlive,
    async script(name, text) {
      const path = join(folder, name);
      await writeFile(path, text, { mode: 0o755 });
      return path;
    },
    async pidIn(name) {
      const pid = Number(await eventually(async () => (await readFile(join(folder, name), "utf8")).trim()));
      pids.push(pid);
      return pid;
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true });
      const left = pids.filter((pid) => isAlive(pid));
      for (const pid of left) process.kill(pid, "SIGKILL");
      if (left.length > 0) throw new Error(`processes ${left.join(", ")} were left behind`);
    },
  };
}

/** Reads until there is something to read, for at most five seconds. */
export async function eventually(read: () => Promise<string>): Promise<string> {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    const text = await read().catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("nothing came within five seconds");
}

export async function textOf(output: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of output) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
