import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  BowspritError,
  ErrorCode,
  type ExtensionId,
  extensionIdOfArgument,
  type Platform,
  type ServiceStatus,
} from "@bowsprit/core";
import type { InstalledExtension, Store, StoreEntry } from "@bowsprit/store";
import { describeBroken, describeBrokenDetails, describeDetails, describeExtension } from "./describe-extension.ts";
import type { Extension } from "./extension.ts";
import type { Host } from "./host.ts";
import type { HostTools } from "./host-tools.ts";
import { projectOf } from "./project-of.ts";

/** What a host stands on. */
export interface HostParts {
  readonly store: Store;
  readonly platform: Platform;
  /** Opens, once, the parts that listing does without. */
  readonly open: () => Promise<HostTools>;
  /** Those parts if they were opened. */
  readonly opened: () => Promise<HostTools> | undefined;
}

/** The host itself: each verb finds its extension, and the parts do the work. */
export function hostOver({ store, platform, open, opened }: HostParts): Host {
  const find = (id: string): Promise<InstalledExtension> => store.get(extensionIdOfArgument(id));

  const statusOf = async ({ id, record }: InstalledExtension): Promise<readonly ServiceStatus[]> => {
    const mayRun = record.engine === "local" && (opened() !== undefined || existsSync(store.runFolder));
    return mayRun ? (await open()).runtime.status(projectOf(id)) : [];
  };

  const describe = async (entry: StoreEntry): Promise<Extension> =>
    entry.state === "broken" ? describeBroken(entry) : describeExtension(entry, await statusOf(entry));

  return {
    home: store.home,

    async install(source, options) {
      const { installExtension } = await import("./install-extension.ts");
      return describe(await installExtension(source, options, { store, platform, ...(await open()) }));
    },

    async list() {
      return Promise.all((await store.list()).map((entry) => describe(entry)));
    },

    async get(argument) {
      const id = extensionIdOfArgument(argument);
      const entry = (await store.list()).find((each) => each.id === id);
      if (entry === undefined) throw notFound(id);
      if (entry.state === "broken") return describeBrokenDetails(entry);
      return describeDetails(entry, await statusOf(entry), (await open()).transport);
    },

    async request(id, request, options = {}) {
      const installed = await find(id);
      const { client } = await (await open()).backends.start(installed);
      if (client === undefined) throw withoutSocket(installed.id);
      return client.request(request, options);
    },

    async exec(id, [name, ...args], { env, cwd, ...options } = {}) {
      const { folder, record } = await find(id);
      const { runner, environment } = await open();
      const { resolveExecutable } = await import("@bowsprit/binary-installer");
      const executable = resolveExecutable(record.binaries, name, platform);
      return runner.start({
        ...options,
        executable,
        folder,
        args,
        cwd: cwd ?? join(folder, "host"),
        env: { ...environment, ...env },
      });
    },

    async *logs(id, options) {
      const { id: found } = await find(id);
      yield* (await open()).runtime.logs(projectOf(found), options);
    },

    async remove(argument, { keepData = false, ...call } = {}) {
      const id = extensionIdOfArgument(argument);
      if (!(await store.list()).some((entry) => entry.id === id)) throw notFound(id);
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

function notFound(id: ExtensionId): BowspritError {
  return new BowspritError(ErrorCode.ExtensionNotFound, `find the extension ${id}: none of that id is installed`, {
    details: { id },
  });
}

function withoutSocket(id: ExtensionId): BowspritError {
  return new BowspritError(ErrorCode.BackendUnavailable, `reach the backend of ${id}: it exposes no socket`, {
    hint: "Its author names one in metadata.json, at vm.exposes.socket.",
  });
}
