import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import {
  BowspritError,
  ErrorCode,
  type BackendPlan,
  type ExecOptions,
  type ExecProcess,
  type Progress,
  type ServicePlan,
  type ServiceStatus,
} from "@bowsprit/core";
import { findExecutable, type RunningProcess, startProcess } from "@bowsprit/exec";
import type { LocalRuntimeOptions } from "./local-runtime.ts";
import { createLogWriter } from "./log-writer.ts";
import type { ProjectRecordFile } from "./project-record.ts";
import { superviseService, type Supervisor } from "./supervise-service.ts";

/** One project that this process runs. */
export interface LocalProject {
  readonly plan: BackendPlan;
  /** False once somebody else has taken the project down or up again. */
  isCurrent(): boolean;
  /** Starts the services in their order; resolves when each was started once. */
  start(signal: AbortSignal | undefined): Promise<readonly Progress[]>;
  progress(): readonly Progress[];
  status(): readonly ServiceStatus[];
  exec(service: string, argv: readonly string[], options: ExecOptions): Promise<ExecProcess>;
  /** Ends every service and command, and resolves when nothing of them lives; `hurry` ends the grace. */
  stop(hurry?: AbortSignal): Promise<void>;
}

export interface LocalProjectOptions {
  readonly plan: BackendPlan;
  readonly record: ProjectRecordFile;
  readonly logFolder: string;
  readonly runtime: LocalRuntimeOptions;
}

/** A project, not started yet; it takes the record over. @throws BowspritError `HOME_UNUSABLE`. */
export function createLocalProject(options: LocalProjectOptions): LocalProject {
  return new Project(options);
}

class Project implements LocalProject {
  readonly plan: BackendPlan;
  readonly #options: LocalProjectOptions;
  readonly #owner = randomUUID();
  readonly #supervisors = new Map<string, Supervisor>();
  readonly #messages = new Map<string, string>();
  readonly #commands = new Set<Promise<RunningProcess>>();
  #stopped = false;

  constructor(options: LocalProjectOptions) {
    this.plan = options.plan;
    this.#options = options;
    this.#write();
  }

  isCurrent(): boolean {
    return this.#options.record.read()?.owner === this.#owner;
  }

  async start(signal: AbortSignal | undefined): Promise<readonly Progress[]> {
    // Those who follow the logs watch the folder; without it they look once a second, and lines are lost by themselves.
    await mkdir(this.#options.logFolder, { recursive: true, mode: 0o700 }).catch(() => {});
    for (const service of this.plan.services) {
      signal?.throwIfAborted();
      const supervisor = this.#supervise(service);
      this.#supervisors.set(service.name, supervisor);
      this.#messages.set(service.name, await supervisor.started);
    }
    signal?.throwIfAborted();
    return this.progress();
  }

  progress(): readonly Progress[] {
    return this.status().map(({ name, state }) => ({ service: name, state, message: this.#messages.get(name) ?? "" }));
  }

  status(): readonly ServiceStatus[] {
    return [...this.#supervisors.values()].map((supervisor) => supervisor.status());
  }

  async exec(name: string, argv: readonly string[], { env, cwd, signal }: ExecOptions): Promise<ExecProcess> {
    const service = this.plan.services.find((each) => each.name === name);
    if (service === undefined) {
      throw new BowspritError(
        ErrorCode.BackendUnavailable,
        `exec in ${this.plan.project}: there is no service ${name}`,
        {
          hint: `Its services are ${this.plan.services.map((each) => each.name).join(", ")}.`,
        },
      );
    }
    const place = { cwd: cwd ?? service.cwd, env: { ...this.#options.runtime.environment, ...service.env, ...env } };
    if (this.#stopped) {
      throw new BowspritError(ErrorCode.BackendUnavailable, `exec in ${this.plan.project}: it is being stopped`, {
        hint: "Start the extension again first.",
      });
    }
    const starting = this.#run(argv, place, signal);
    this.#commands.add(starting);
    const forget = (): boolean => this.#commands.delete(starting);
    starting.then(({ exited }) => exited).then(forget, forget);
    return starting;
  }

  async stop(hurry?: AbortSignal): Promise<void> {
    this.#stopped = true;
    const commands = [...this.#commands].map((starting) => endCommand(starting));
    const services = [...this.#supervisors.values()].map((supervisor) => supervisor.stop(hurry));
    await Promise.all([...commands, ...services]);
  }

  #supervise(service: ServicePlan): Supervisor {
    const { runtime, logFolder } = this.#options;
    const { beforeStart, environment, restartDelayMs, logFileBytes = 1024 * 1024 } = runtime;
    return superviseService({
      service,
      log: createLogWriter({ folder: logFolder, service: service.name, maxBytes: logFileBytes }),
      restartDelayMs: { first: 100, max: 10_000, resetAfter: 10_000, ...restartDelayMs },
      start: async (signal) => {
        await beforeStart?.(service, this.plan.project);
        return this.#run(service.command ?? [], { cwd: service.cwd, env: { ...environment, ...service.env } }, signal);
      },
      mayRestart: () => this.isCurrent(),
      onChange: (status) => this.#report(status),
    });
  }

  async #run(
    [program = "", ...args]: readonly string[],
    { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
    signal: AbortSignal | undefined,
  ): Promise<RunningProcess> {
    const { PATH: path, PATHEXT: pathExt } = env;
    const file = await findExecutable(program, { path, cwd, ...(pathExt !== undefined && { pathExt }) });
    const { graceMs } = this.#options.runtime;
    return startProcess({
      argv: [file, ...args],
      cwd,
      env,
      ...(signal !== undefined && { signal }),
      ...(graceMs !== undefined && { graceMs }),
    });
  }

  // Nobody waits here, so a disk that refuses and a watcher that throws have nobody to be told to; the next change tries again.
  #report(status: ServiceStatus): void {
    try {
      if (this.isCurrent()) this.#write();
    } catch {}
    try {
      this.#options.runtime.onChange?.(this.plan.project, status);
    } catch {}
  }

  #write(): void {
    const { record, runtime } = this.#options;
    const services = this.status().map((status) => {
      const found = status.pid === undefined ? undefined : runtime.processes.find(status.pid);
      return { ...status, started: found?.started ?? null };
    });
    record.write({ owner: this.#owner, host: runtime.processes.self(), services });
  }
}

// One that is on its way is waited for; one that failed to start has told its caller.
async function endCommand(starting: Promise<RunningProcess>): Promise<void> {
  const command = await starting.catch(() => undefined);
  await command?.[Symbol.asyncDispose]();
}
