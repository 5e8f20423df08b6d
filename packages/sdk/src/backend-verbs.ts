import { join } from "node:path";
import { type CallOptions, type ExtensionId, extensionIdOfArgument, type Platform, withinLimits } from "@bowsprit/core";
import type { ServiceClient } from "@bowsprit/transport";
import type { Catalog } from "./create-catalog.ts";
import { forwardLater } from "./forward-later.ts";
import type { Host } from "./host.ts";
import type { HostTools } from "./host-tools.ts";
import { projectOf } from "./project-of.ts";
import { clientOf, sendRequest } from "./send-request.ts";

export interface BackendVerbsOptions {
  readonly catalog: Catalog;
  readonly platform: Platform;
  readonly open: () => Promise<HostTools>;
  /** The tools, if they are open already. */
  readonly tools: () => HostTools | undefined;
}

/** The verbs of a host that reach an extension's backend and its executables. */
export function createBackendVerbs(
  options: BackendVerbsOptions,
): Pick<Host, "request" | "forward" | "start" | "exec" | "logs"> {
  const { catalog, platform, open, tools } = options;
  const startClient = async (id: ExtensionId, call: CallOptions): Promise<ServiceClient> => {
    await catalog.find(id);
    return clientOf(id, { ...call, backends: (await open()).backends });
  };
  return {
    async request(argument, request, call) {
      const { id } = await catalog.find(argument);
      return sendRequest(id, request, { ...call, backends: (await open()).backends });
    },
    forward(argument, request, call) {
      const id = extensionIdOfArgument(argument);
      const client = tools()?.backends.running(id)?.client;
      if (client !== undefined) return client.forward(request, call.sink, call);
      return forwardLater(request, { ...call, start: (limits) => startClient(id, limits) });
    },
    async start(argument, call = {}) {
      const { id, record } = await catalog.find(argument);
      if (record.engine === null) return;
      const backend = await withinLimits(`start ${id}`, (await open()).backends.start(id), call);
      await backend.ready(call);
    },
    async exec(id, [name, ...args], { env, cwd, ...call } = {}) {
      const { folder, record } = await catalog.find(id);
      const { runner, environment } = await open();
      const { resolveExecutable } = await import("@bowsprit/binary-installer");
      const executable = resolveExecutable(record.binaries, name, platform);
      const place = cwd ?? join(folder, "host");
      return runner.start({ ...call, executable, folder, args, cwd: place, env: { ...environment, ...env } });
    },
    async *logs(argument, call) {
      const { id } = await catalog.find(argument);
      yield* (await open()).runtime.logs(projectOf(id), call);
    },
  };
}
