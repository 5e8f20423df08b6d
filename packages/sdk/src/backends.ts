import {
  type BackendRuntime,
  type CallOptions,
  createTurns,
  type ExtensionId,
  type ServiceState,
  type ServiceStatus,
} from "@bowsprit/core";
import type { Store } from "@bowsprit/store";
import type { Transport } from "@bowsprit/transport";
import type { HomeSession } from "./home-session.ts";
import { projectOf } from "./project-of.ts";
import { type Backend, type StartedBackend, startBackend } from "./start-backend.ts";

/** The backends this host runs, each with the one connection pool that is its own. */
export interface Backends extends AsyncDisposable {
  /**
   * Starts a backend that does not run, or whose services have all ended, and answers with it; calls for the same id share one start.
   * @throws BowspritError `EXTENSION_NOT_FOUND`, `BACKEND_UNAVAILABLE`, `HOME_LOCKED`, `ABORTED`.
   */
  start(id: ExtensionId, options?: CallOptions): Promise<Backend>;
  /** The backend, if this host runs it and a service of it has not ended for good. */
  running(id: ExtensionId): Backend | undefined;
  /** Ends a backend, whoever started it, and closes its connections; `then` runs before it can be started again. */
  stop(id: ExtensionId, then?: () => Promise<void>): Promise<void>;
  /** To be told of every change of a service. */
  noteChange(project: string, status: ServiceStatus): void;
}

export interface BackendsOptions {
  readonly session: HomeSession;
  readonly transport: Transport;
  readonly runtime: () => BackendRuntime;
  readonly store: Store;
}

interface Entry {
  readonly backend: StartedBackend;
  /** What its services do, as far as was told. */
  readonly states: Map<string, ServiceState>;
}

/** Creates the set of one host, empty. Disposing stops every backend of it and closes every connection. */
export function createBackends(options: BackendsOptions): Backends {
  const inTurn = createTurns();
  const entries = new Map<string, Entry>();
  const states = new Map<string, Map<string, ServiceState>>();

  const end = async (id: ExtensionId): Promise<void> => {
    const project = projectOf(id);
    const entry = entries.get(project);
    entries.delete(project);
    await entry?.backend.client?.[Symbol.asyncDispose]();
    await options.runtime().down(project);
    states.delete(project);
    await entry?.backend.held[Symbol.asyncDispose]();
  };

  const start = async (id: ExtensionId, call: CallOptions): Promise<Backend> => {
    const project = projectOf(id);
    const running = entries.get(project);
    if (running !== undefined && !isOver(running.states)) return running.backend;
    if (running !== undefined) await end(id);
    const told = new Map<string, ServiceState>();
    states.set(project, told);
    const backend = await startBackend(id, call, options);
    entries.set(project, { backend, states: told });
    return backend;
  };

  return {
    running(id) {
      const entry = entries.get(projectOf(id));
      return entry === undefined || isOver(entry.states) ? undefined : entry.backend;
    },
    start: (id, call = {}) => inTurn(id, () => start(id, call)),
    stop: (id, then) =>
      inTurn(id, async () => {
        await end(id);
        await then?.();
      }),
    noteChange(project, { name, state }) {
      states.get(project)?.set(name, state);
    },
    async [Symbol.asyncDispose]() {
      const ids = [...entries.values()].map(({ backend }) => backend.id);
      await Promise.all(ids.map((id) => inTurn(id, () => end(id))));
    },
  };
}

/** Every service has ended by itself, and none will be started again. */
function isOver(states: ReadonlyMap<string, ServiceState>): boolean {
  for (const state of states.values()) if (state !== "completed" && state !== "stopped") return false;
  return states.size > 0;
}
