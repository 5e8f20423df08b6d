import { readdir, readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** How to know the processes of one browser. */
export interface BrowserMarks {
  /** The process that was started: it leads a group. */
  readonly leader: number;
  /** The folder of its own that every command line of a process that left the group names. */
  readonly folder: string;
}

const pollMs = 50;

/** The processes of a browser that still run. */
export async function browserProcesses(marks: BrowserMarks): Promise<readonly number[]> {
  const entries = await readdir("/proc").catch(() => []);
  const ids = entries.filter((entry) => /^\d+$/u.test(entry)).map(Number);
  const found = await Promise.all(ids.map(async (id) => ((await belongs(id, marks)) ? [id] : [])));
  return found.flat();
}

/** Waits for the processes of a browser that was told to end; those that take longer than `graceMs` are killed. */
export async function endBrowserProcesses(marks: BrowserMarks, graceMs: number): Promise<void> {
  const deadline = performance.now() + graceMs;
  for (;;) {
    const left = await browserProcesses(marks);
    if (left.length === 0) return;
    if (performance.now() > deadline) for (const id of left) kill(id);
    await setTimeout(pollMs);
  }
}

async function belongs(id: number, { leader, folder }: BrowserMarks): Promise<boolean> {
  const [stat, command] = await Promise.all(["stat", "cmdline"].map((name) => read(`/proc/${id}/${name}`)));
  const [state, , group] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  // A zombie has ended; it only waits for a parent that may never look.
  if (state === undefined || state === "Z" || state === "X") return false;
  return Number(group) === leader || command?.includes(folder) === true;
}

/** A process may end while it is looked at. */
async function read(path: string): Promise<string | undefined> {
  return readFile(path, "latin1").catch(() => undefined);
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
