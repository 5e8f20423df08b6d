import type { ExtensionId, HostEvent, Platform } from "@bowsprit/core";
import { createBackendVerbs } from "./backend-verbs.ts";
import { type Catalog, createCatalog, type HostParts } from "./create-catalog.ts";
import { describePage } from "./describe-page.ts";
import type { Host } from "./host.ts";
import type { HostEvents } from "./host-events.ts";
import type { HostTools } from "./host-tools.ts";
import { projectOf } from "./project-of.ts";

interface HostOverParts extends HostParts {
  readonly platform: Platform;
  readonly events: HostEvents;
}

/** The host itself: each verb finds its extension, and the parts do the work. */
export function hostOver(parts: HostOverParts): Host {
  const { store, platform, events, close } = parts;
  const catalog = createCatalog(parts);
  let tools: HostTools | undefined;
  const open = async (): Promise<HostTools> => (tools ??= await parts.open());
  return {
    home: store.home,
    ...createBackendVerbs({ catalog, platform, open, tools: () => tools }),
    async install(source, options) {
      const { installExtension } = await import("./install-extension.ts");
      const installed = await installExtension(source, options, { store, platform, ...(await open()) });
      events.touch(installed.id);
      return catalog.describe(installed);
    },
    async list() {
      return Promise.all((await store.list()).map((entry) => catalog.describe(entry)));
    },
    async get(id) {
      return catalog.describeWhole(await catalog.findEntry(id));
    },
    async page(id) {
      return describePage(await catalog.find(id));
    },
    watch: ({ signal } = {}) => tell(events.watch(signal), catalog),
    async hold(call) {
      return (await open()).session.hold(call);
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
      events.touch(id);
    },
    [Symbol.asyncDispose]: close,
  };
}

async function* tell(
  touched: AsyncIterable<ExtensionId>,
  catalog: Catalog,
): AsyncGenerator<HostEvent, void, undefined> {
  for await (const id of touched) {
    // A home that cannot be read for a moment must not end the watch: the next change tells of this one, too.
    const event = await catalog.eventOf(id).catch(() => undefined);
    if (event !== undefined) yield event;
  }
}
