import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  BackendPlan,
  LogLine,
  LogOptions,
  ProcessTable,
  Progress,
  ServicePlan,
  ServiceStatus,
} from "@bowsprit/core";
import { createProcessTable, hostEnvironment } from "@bowsprit/exec";
import { createLocalRuntime, type LocalRuntime, type LocalRuntimeOptions } from "../src/local/index.ts";

export const project = "x-desktop-extension";
export const node: string = process.execPath;
export const table: ProcessTable = createProcessTable();

/** A fresh folder for one case, with a runtime; disposing checks that nothing of it is left running. */
export interface Workshop extends AsyncDisposable {
  readonly folder: string;
  readonly options: LocalRuntimeOptions;
  readonly runtime: LocalRuntime;
  /** A runtime over the same folders, as another process or a later life would make it. */
  fresh(more?: Partial<LocalRuntimeOptions>): LocalRuntime;
  /** A service that runs a script of `sh`. */
  shell(name: string, script: string, env?: Readonly<Record<string, string>>): ServicePlan;
  plan(...services: readonly ServicePlan[]): BackendPlan;
  /** The process ids that scripts appended to a file of the folder, once there are so many. */
  pidsIn(name: string, count?: number): Promise<readonly number[]>;
  readFile(name: string): Promise<string>;
  stateFiles(): Promise<readonly string[]>;
}

export async function createWorkshop(more: Partial<LocalRuntimeOptions> = {}): Promise<Workshop> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "local-")));
  const options: LocalRuntimeOptions = {
    stateFolder: join(folder, "run"),
    logsFolder: join(folder, "logs"),
    environment: hostEnvironment({ PATH: "/usr/bin:/bin", HOME: folder }),
    processes: table,
    restartDelayMs: { first: 20, max: 200 },
    graceMs: 2000,
    ...more,
  };
  const runtimes: LocalRuntime[] = [];
  const seen = new Set<number>();
  const fresh = (other: Partial<LocalRuntimeOptions> = {}): LocalRuntime => {
    const runtime = createLocalRuntime({ ...options, ...other });
    runtimes.push(runtime);
    return runtime;
  };
  return {
    folder,
    options,
    runtime: fresh(),
    fresh,
    shell: (name, script, env = {}) => ({ name, command: ["sh", "-c", script], env, cwd: folder }),
    plan: (...services) => ({ project, title: "X", services }),
    async pidsIn(name, count = 1) {
      const pids = await until(async () => {
        const lines = (await readFile(join(folder, name), "utf8").catch(() => "")).trim().split("\n").filter(Boolean);
        return lines.length >= count ? lines.map(Number) : undefined;
      });
      for (const pid of pids) seen.add(pid);
      return pids;
    },
    readFile: (name) => readFile(join(folder, name), "utf8"),
    stateFiles: () => readdir(join(folder, "run")).catch(() => []),
    async [Symbol.asyncDispose]() {
      for (const runtime of runtimes) await runtime[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
      const left = [...seen].filter((pid) => table.find(pid) !== undefined);
      for (const pid of left) process.kill(pid, "SIGKILL");
      if (left.length > 0) throw new Error(`processes ${left.join(", ")} were left behind`);
    },
  };
}

/** Asks until there is an answer, for at most five seconds. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("nothing came within five seconds");
}

/** Waits until a service is as it should be. */
export function untilStatus(runtime: LocalRuntime, test: (status: ServiceStatus) => boolean): Promise<ServiceStatus> {
  return until(async () => (await runtime.status(project)).find(test));
}

export async function up(runtime: LocalRuntime, plan: BackendPlan): Promise<readonly Progress[]> {
  return Array.fromAsync(runtime.up(plan));
}

export async function logTexts(runtime: LocalRuntime, options: LogOptions = {}): Promise<readonly string[]> {
  return (await Array.fromAsync(runtime.logs(project, options))).map(({ text }: LogLine) => text);
}

export async function saveScript(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o755 });
  return path;
}
