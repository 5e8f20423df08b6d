import { join } from "node:path";
import type { Platform, ProcessTable } from "@bowsprit/core";
import { createExecutableRunner, type ExecutableRunner } from "@bowsprit/binary-installer";
import { createLocalRuntime, type LocalRuntime } from "@bowsprit/compose/local";
import { hostEnvironment } from "@bowsprit/exec";
import type { RunHelper } from "@bowsprit/image";
import type { Store } from "@bowsprit/store";
import type { Transport } from "@bowsprit/transport";
import { createNamedPipeTransport } from "@bowsprit/transport-named-pipe";
import { createUnixSocketTransport, removeStaleSocket } from "@bowsprit/transport-unix-socket";
import { type Backends, createBackends } from "./backends.ts";
import { createCredentialHelper } from "./credential-helper.ts";
import { detectEngine, type DetectedEngine } from "./detect-engine.ts";
import type { HostEvents } from "./host-events.ts";
import { createHomeSession, type HomeSession } from "./home-session.ts";
import { pipeSecret } from "./pipe-secret.ts";
import { idOf } from "./project-of.ts";

export interface HostToolsOptions {
  readonly store: Store;
  readonly processes: ProcessTable;
  readonly platform: Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Told of every change of a service. */
  readonly events: HostEvents;
}

/** Everything a host needs beyond reading the store. Listing needs none of it, so it is made on first use. */
export interface HostTools extends AsyncDisposable {
  readonly transport: Transport;
  readonly runtime: LocalRuntime;
  readonly session: HomeSession;
  readonly backends: Backends;
  readonly runner: ExecutableRunner;
  /** What children get of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  detectEngine(): Promise<DetectedEngine | undefined>;
  readonly credentialHelper: RunHelper;
}

/** Puts the packages together: the transport of this platform, the local runtime, and the backends over both. */
export function createHostTools({ store, processes, platform, environment, events }: HostToolsOptions): HostTools {
  const own = hostEnvironment(environment);
  const transport = transportOf(store.home, platform);
  const session = createHomeSession(store);
  const backends = createBackends({ session, transport, store, runtime: () => runtime });
  const runtime: LocalRuntime = createLocalRuntime({
    stateFolder: store.runFolder,
    logsFolder: join(store.home, "logs"),
    environment: own,
    processes,
    onChange(project, status) {
      backends.noteChange(project, status);
      events.touch(idOf(project));
    },
    beforeStart: async ({ env }) => {
      const socket = env["BOWSPRIT_SOCKET"];
      if (socket !== undefined && transport.scheme === "unix") await removeStaleSocket(socket);
    },
  });

  return {
    transport,
    runtime,
    session,
    backends,
    runner: createExecutableRunner(),
    environment: own,
    detectEngine: () => detectEngine({ environment, dialer: transport }),
    credentialHelper: createCredentialHelper(environment),
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]();
      await backends[Symbol.asyncDispose]();
      await runtime[Symbol.asyncDispose]();
    },
  };
}

function transportOf(home: string, { os }: Platform): Transport {
  if (os !== "windows") return createUnixSocketTransport({ folder: join(home, "sockets") });
  // Pipes have one name space for the whole computer: no other home or program may stand on a name of ours.
  return createNamedPipeTransport({ secret: pipeSecret(home) });
}
