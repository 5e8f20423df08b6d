import {
  type BackendRuntime,
  BowspritError,
  type CallOptions,
  ErrorCode,
  type ExtensionId,
  type ServiceStatus,
} from "@bowsprit/core";
import type { InstalledExtension, Store } from "@bowsprit/store";
import { createServiceClient, type ServiceClient, type Transport } from "@bowsprit/transport";
import { explainBackend } from "./explain-backend.ts";
import type { HomeSession } from "./home-session.ts";
import { createPatientDialer } from "./patient-dialer.ts";
import { planExtension } from "./plan-extension.ts";
import { projectOf } from "./project-of.ts";

/** Milliseconds a backend has to listen: long enough for a runtime that compiles first, short enough to be told of a dead one. */
const patienceMs = 10_000;

/** How often a service may fail while it is waited for before waiting is given up. */
const hopelessRestarts = 3;

/** A backend this host runs. */
export interface Backend {
  /** Undefined for a backend that exposes no socket. */
  readonly client: ServiceClient | undefined;
  /** Resolves once the backend accepts a connection; at once for one without a socket. */
  ready(options?: CallOptions): Promise<void>;
}

/** The backends this host runs, each with the one connection pool that is its own. */
export interface Backends extends AsyncDisposable {
  /** Starts a backend that does not run and answers with it; calls for the same id share one start. */
  start(installed: InstalledExtension): Promise<Backend>;
  /** Ends a backend, whoever started it, and closes its connections. */
  stop(id: ExtensionId): Promise<void>;
}

export interface BackendsOptions {
  readonly session: HomeSession;
  readonly transport: Transport;
  readonly runtime: BackendRuntime;
  readonly store: Store;
}

interface Started extends Backend {
  readonly held: AsyncDisposable;
}

/** Creates the set of one host, empty. Disposing stops every backend of it and closes every connection. */
export function createBackends(options: BackendsOptions): Backends {
  const started = new Map<ExtensionId, Promise<Started>>();

  const stop = async (id: ExtensionId): Promise<void> => {
    const starting = started.get(id);
    started.delete(id);
    const backend = await starting?.catch(() => undefined);
    await backend?.client?.[Symbol.asyncDispose]();
    await options.runtime.down(projectOf(id));
    await backend?.held[Symbol.asyncDispose]();
  };

  return {
    start(installed) {
      const running = started.get(installed.id);
      if (running !== undefined) return running;
      const starting = startBackend(installed, options);
      started.set(installed.id, starting);
      starting.catch(() => started.delete(installed.id));
      return starting;
    },
    stop,
    async [Symbol.asyncDispose]() {
      await Promise.all([...started.keys()].map((id) => stop(id)));
    },
  };
}

async function startBackend(installed: InstalledExtension, options: BackendsOptions): Promise<Started> {
  const { session, transport, runtime, store } = options;
  const held = await session.hold();
  try {
    await store.ensureSocketsFolder(installed.id);
    const { plan, address } = await planExtension(installed, transport);
    for await (const _ of runtime.up(plan)) continue;
    const status = (): Promise<readonly ServiceStatus[]> => runtime.status(plan.project);
    const explain = (): Promise<string> => explainBackend(installed.id, runtime);
    const before = restartsOf(await status());
    const hopeless = async (): Promise<string | undefined> => {
      const now = await status();
      const over = now.every(({ state }) => state === "completed" || state === "stopped");
      const crashing = now.some(({ state }) => state === "failed") && restartsOf(now) - before >= hopelessRestarts;
      return over || crashing ? explain() : undefined;
    };
    if (address === undefined) return { held, client: undefined, ready: async () => undefined };
    const dialer = createPatientDialer(transport, { waitMs: patienceMs, hopeless, explain });
    const client = createServiceClient({ dialer, address, connectTimeoutMs: patienceMs + 1000 });
    const ready = async (call: CallOptions = {}): Promise<void> => {
      (await dialer.connect(address, { timeoutMs: patienceMs, ...call })).destroy();
    };
    return { held, client, ready };
  } catch (error) {
    await held[Symbol.asyncDispose]();
    throw BowspritError.from(error, ErrorCode.BackendUnavailable);
  }
}

function restartsOf(statuses: readonly ServiceStatus[]): number {
  return statuses.reduce((sum, { restarts }) => sum + restarts, 0);
}
