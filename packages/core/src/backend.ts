import type { CallOptions } from "./call-options.ts";
import type { ExecOptions, ExecProcess } from "./exec-process.ts";

/** One service of a backend, ready to be started. */
export interface ServicePlan {
  /** The service's name in the compose file; a single `vm.image` is called `service`. */
  readonly name: string;
  /** The command of `x-local`: argv, the program first. Absent for a service that only an engine can run. */
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where the service starts, an absolute path. */
  readonly cwd: string;
}

/** What a runtime needs to start a backend; pure data, made before anything runs. */
export interface BackendPlan {
  /** `<id>-desktop-extension`. */
  readonly project: string;
  /** The extension's title, for labels and messages. */
  readonly title: string;
  /** The services in the order of the compose file; the first is the one the SDK talks to. */
  readonly services: readonly ServicePlan[];
}

export type ServiceState = "starting" | "running" | "completed" | "failed" | "stopped";

export interface ServiceStatus {
  readonly name: string;
  readonly state: ServiceState;
  readonly pid?: number;
  /** Of the last end, when there was one. */
  readonly exitCode?: number;
  /** How often the runtime started it again. */
  readonly restarts: number;
}

/** One step of a long operation, for a person to read. */
export interface Progress {
  readonly service: string;
  readonly state: ServiceState;
  readonly message: string;
}

export interface LogLine {
  readonly service: string;
  readonly stream: "stdout" | "stderr";
  /** When the runtime read it, ISO 8601 in UTC. */
  readonly time: string;
  readonly text: string;
}

export interface LogOptions {
  /** Goes on with what comes until the signal fires or the project goes down. */
  readonly follow?: boolean;
  /** Only the last so many lines; the default is all that is kept. */
  readonly tail?: number;
  /** Only lines at or after this time. */
  readonly since?: Date;
  /** Only this service; the default is all, in order of time. */
  readonly service?: string;
  readonly signal?: AbortSignal;
}

export interface DownOptions extends CallOptions {
  /** Removes what the backend stored, too; the default keeps it. */
  readonly volumes?: boolean;
}

/** Runs backends: `docker` on an engine, `local` as supervised processes. */
export interface BackendRuntime {
  readonly name: string;
  /** Starts every service and ends when each was started once; idempotent for a project that is up. */
  up(plan: BackendPlan, options?: CallOptions): AsyncIterable<Progress>;
  /** Stops and forgets a project by its name alone: it must work when the extension's files are gone. */
  down(project: string, options?: DownOptions): Promise<void>;
  status(project: string): Promise<readonly ServiceStatus[]>;
  logs(project: string, options?: LogOptions): AsyncIterable<LogLine>;
  /** Runs one more command in a service, as its own process group. */
  exec(project: string, service: string, argv: readonly string[], options?: ExecOptions): Promise<ExecProcess>;
}
