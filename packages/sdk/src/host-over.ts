import { join } from "node:path";
import type { Platform } from "@bowsprit/core";
import { createCatalog, type HostParts } from "./create-catalog.ts";
import type { Host } from "./host.ts";
import { projectOf } from "./project-of.ts";
import { sendRequest } from "./send-request.ts";

/** The host itself: each verb finds its extension, and the parts do the work. */
export function hostOver(parts: HostParts & { readonly platform: Platform }): Host {
  const { store, platform, open, close } = parts;
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
    async request(argument, request, options) {
      const { id } = await catalog.find(argument);
      return sendRequest(id, request, { ...options, backends: (await open()).backends });
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
        await backends.stop(id, async () => {
          if (!keepData) await runtime.forget(projectOf(id));
          await store.remove(lock, id);
        });
      }, call);
    },
    [Symbol.asyncDispose]: close,
  };
}
