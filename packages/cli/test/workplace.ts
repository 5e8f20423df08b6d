import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { type Ended, runBowsprit, type RunOptions } from "./run-bowsprit.ts";
import { type RunningDaemon, startDaemon } from "./running-daemon.ts";

/** A temporary folder of one case: a home, and room for extensions. */
export interface Workplace {
  readonly folder: string;
  readonly home: string;
  run(args: readonly string[], options?: Omit<RunOptions, "home">): Promise<Ended>;
  /** Every path in the home but those of a daemon that runs. */
  files(): Promise<readonly string[]>;
  /** Ends the daemon of the case, if it has one. */
  stopDaemon(): Promise<void>;
}

export interface WorkplaceOptions {
  /** True for a daemon that runs beside every case; the default is none. */
  readonly daemon?: boolean;
}

/** Gives every case of a file a workplace, and sees after each that no process of it is left. */
export function useWorkplace({ daemon = false }: WorkplaceOptions = {}): Workplace {
  let folder = "";
  let running: RunningDaemon | undefined;
  const home = (): string => join(folder, "home");
  const stopDaemon = async (): Promise<void> => {
    const ending = running?.stop();
    running = undefined;
    await ending;
  };
  // Each case starts several programs one after the other, on a machine that may be busy with other suites.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-cli-")));
    if (daemon) running = await startDaemon(home());
  });
  afterEach(async () => {
    await stopDaemon();
    // Of a case that failed half-way.
    await endLeftDaemon(home());
    const left = await processesUnder(folder);
    await rm(folder, { recursive: true, force: true });
    expect(left).toEqual([]);
  });
  return {
    get folder() {
      return folder;
    },
    get home() {
      return home();
    },
    run: (args, options = {}) => runBowsprit(args, { home: home(), ...options }),
    files: async () => (await filesBelow(home())).filter((path) => !daemonFiles.has(path)),
    stopDaemon,
  };
}

const daemonFiles: ReadonlySet<string> = new Set(["daemon", "daemon/control.sock", "daemon.json", "home.lock"]);

/** Ends the daemon that says of itself in a home that it runs, and waits until it has gone. */
async function endLeftDaemon(home: string): Promise<void> {
  const read = (): Promise<string> => readFile(join(home, "daemon.json"), "utf8").catch(() => "");
  const text = await read();
  if (text === "") return;
  try {
    process.kill(JSON.parse(text).pid, "SIGTERM");
  } catch {
    // It was killed, and left its record.
    return;
  }
  await vi.waitUntil(async () => (await read()) !== text, { timeout: 10_000, interval: 50 });
}

/** The command lines of processes that stand in a folder or were started with a path in it (Linux; elsewhere none are known). */
export async function processesUnder(folder: string): Promise<readonly string[]> {
  if (!existsSync("/proc/self/stat")) return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid);
  const seen = await Promise.all(
    pids.map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return `${cwd.startsWith(folder) || command.includes(folder) ? `${pid} ${command.replaceAll("\0", " ")}` : ""}`;
    }),
  );
  return seen.filter((line) => line !== "");
}

/** Every path below a folder, or nothing where there is none. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  return existsSync(folder) ? (await readdir(folder, { recursive: true })).toSorted() : [];
}
