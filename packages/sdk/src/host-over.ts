import { join } from "node:path";
import { BowspritError, ErrorCode, type ExtensionId, type Platform } from "@bowsprit/core";
import { createCatalog, type HostParts } from "./create-catalog.ts";
import type { Host } from "./host.ts";
import { projectOf } from "./project-of.ts";

/** The host itself: each verb finds its extension, and the parts do the work. */
export function hostOver(parts: HostParts & { readonly platform: Platform }): Host {
  const { store, platform, open, opened } = parts;
  const catalog = createCatalog(parts);
  return {
    home: store.home,
    async install(source, options) {
      const { installExtension } = await import("./install-extension.ts");
      return catalog.describe(await installExtension(source, options, { store, platform, ...(await open()) }));
    },
    async list() {
      return Promise.all((await store.list()).map((entry) => catalog.describe(entry)));
    },
    async get(id) {
      return catalog.describeWhole(await catalog.findEntry(id));
    },
    async request(id, request, options = {}) {
      const installed = await catalog.find(id);
      const { client } = await (await open()).backends.start(installed);
      if (client === undefined) throw withoutSocket(installed.id);
      return client.request(request, options);
    },
    async exec(id, [name, ...args], { env, cwd, ...options } = {}) {
      const { folder, record } = await catalog.find(id);
      const { runner, environment } = await open();
      const { resolveExecutable } = await import("@bowsprit/binary-installer");
      const executable = resolveExecutable(record.binaries, name, platform);
      const place = cwd ?? join(folder, "host");
      return runner.start({ ...options, executable, folder, args, cwd: place, env: { ...environment, ...env } });
    },
    async *logs(argument, options) {
      const { id } = await catalog.find(argument);
      yield* (await open()).runtime.logs(projectOf(id), options);
    },
    async remove(argument, { keepData = false, ...call } = {}) {
      const { id } = await catalog.findEntry(argument);
      const { session, backends, runtime } = await open();
      await session.change(async (lock) => {
        await backends.stop(id);
        if (!keepData) await runtime.forget(projectOf(id));
        await store.remove(lock, id, { keepData });
      }, call);
    },
    async [Symbol.asyncDispose]() {
      await (await opened())?.[Symbol.asyncDispose]();
    },
  };
}

function withoutSocket(id: ExtensionId): BowspritError {
  return new BowspritError(ErrorCode.BackendUnavailable, `reach the backend of ${id}: it exposes no socket`, {
    hint: "Its author names one in metadata.json, at vm.exposes.socket.",
  });
}
