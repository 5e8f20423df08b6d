import {
  type BackendRuntime,
  BowspritError,
  type CallOptions,
  ErrorCode,
  type ExtensionId,
  type ServiceStatus,
} from "@bowsprit/core";
import { type Address, createServiceClient, type ServiceClient } from "@bowsprit/transport";
import { addressOf } from "./address-of.ts";
import type { BackendsOptions } from "./backends.ts";
import { explainBackend } from "./explain-backend.ts";
import { type NamedSocket, nameSocket } from "./name-socket.ts";
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

/** A backend and what it holds. */
export interface StartedBackend extends Backend {
  readonly id: ExtensionId;
  readonly held: AsyncDisposable;
}

/** Takes the home, looks once more at what is installed, and starts its services. */
export async function startBackend(
  id: ExtensionId,
  call: CallOptions,
  options: BackendsOptions,
): Promise<StartedBackend> {
  const { session, transport, store } = options;
  const home = await session.hold(call);
  let socket: NamedSocket | undefined;
  const release = async (): Promise<void> => {
    await socket?.[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  };
  try {
    const installed = await store.get(id);
    await store.ensureSocketsFolder(id);
    const address = addressOf(installed, transport);
    socket = address && (await nameSocket(address));
    const plan = await planExtension(installed, socket?.name);
    for await (const _ of options.runtime().up(plan)) continue;
    const connection = address
      ? connectable(id, address, options)
      : { client: undefined, ready: async () => undefined };
    return { id, held: { [Symbol.asyncDispose]: release }, ...connection };
  } catch (error) {
    await release();
    throw BowspritError.from(error, ErrorCode.BackendUnavailable);
  }
}

function connectable(id: ExtensionId, address: Address, options: BackendsOptions): Backend {
  const runtime = options.runtime();
  const explain = (): Promise<string> => explainBackend(id, runtime);
  const hint = `bowsprit logs ${id} shows what the backend printed.`;
  const watch = (): (() => Promise<string | undefined>) => watchFor(projectOf(id), runtime, explain);
  const dialer = createPatientDialer(options.transport, { waitMs: patienceMs, watch, explain, hint });
  return {
    client: createServiceClient({ dialer, address, connectTimeoutMs: patienceMs + 1000 }),
    async ready(call = {}) {
      (await dialer.connect(address, { timeoutMs: patienceMs, ...call })).destroy();
    },
  };
}

/** Waiting is of no use when every service has ended for good, or one has done nothing but crash since the wait began. */
function watchFor(
  project: string,
  runtime: BackendRuntime,
  explain: () => Promise<string>,
): () => Promise<string | undefined> {
  let before: number | undefined;
  return async () => {
    const now = await runtime.status(project);
    before ??= restartsOf(now);
    const isOver = now.every(({ state }) => state === "completed" || state === "stopped");
    const isCrashing = now.some(({ state }) => state === "failed") && restartsOf(now) - before >= hopelessRestarts;
    return isOver || isCrashing ? explain() : undefined;
  };
}

function restartsOf(statuses: readonly ServiceStatus[]): number {
  return statuses.reduce((sum, { restarts }) => sum + restarts, 0);
}
