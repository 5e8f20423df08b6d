import type { BackendRuntime, ProcessTable, ServicePlan, ServiceStatus } from "@bowsprit/core";

/** How long to wait before a service that ended is started again, in milliseconds. */
export interface RestartDelay {
  /** After the first end; the default, 100, is not noticed by a person. Doubles with each further end. */
  readonly first?: number;
  /** The default is 10,000: a service that never starts costs next to nothing, and is back soon once its fault is mended. */
  readonly max?: number;
  /** A service that has run so long begins with `first` again; the default is 10,000. */
  readonly resetAfter?: number;
}

export interface LocalRuntimeOptions {
  /** Holds `<project>.json` while a project is up: what to end after a crash of this process. Made when it is missing. */
  readonly stateFolder: string;
  /** Holds a folder of logs for each project. Made when it is missing. */
  readonly logsFolder: string;
  /** The environment of every service, below what its plan adds; see `hostEnvironment` of `@bowsprit/exec`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly processes: ProcessTable;
  readonly restartDelayMs?: RestartDelay;
  /** Milliseconds between SIGTERM and SIGKILL; the default is 5,000. */
  readonly graceMs?: number;
  /** Bytes of one log file; two are kept for each service. The default is 1 MiB. */
  readonly logFileBytes?: number;
  /** Called before each start of a service; when it rejects, the start has failed and is tried again. */
  readonly beforeStart?: (service: ServicePlan, project: string) => Promise<void>;
  /** Called at every change of a service. What it throws is ignored: it watches, it does not decide. */
  readonly onChange?: (project: string, status: ServiceStatus) => void;
}

/** Runs backends as supervised processes of this computer. Disposing stops every project that this object started. */
export interface LocalRuntime extends BackendRuntime, AsyncDisposable {
  /** Stops a project and removes its logs, too: nothing of it is left. */
  forget(project: string): Promise<void>;
}
