import { BowspritError, type ExtensionId } from "@bowsprit/core";
import { wantsOfRecord, type WantsById } from "./home-index.ts";
import type { HomeParts } from "./home-parts.ts";
import { type InstalledVersion, listIds, readInstalled } from "./read-installed.ts";
import { notFoundError } from "./remove-extension.ts";
import type { InstalledExtension, StoreEntry } from "./store.ts";

/** One installed extension. See {@link Store.get}. */
export async function loadExtension({ layout, link, index }: HomeParts, id: ExtensionId): Promise<InstalledExtension> {
  const version = await readInstalled(layout, link, id);
  if (version === undefined) throw notFoundError(id);
  return toInstalled(id, version, await index.readWants());
}

/** All that is installed. See {@link Store.list}. */
export async function listEntries({ layout, link, index }: HomeParts): Promise<readonly StoreEntry[]> {
  const wants = await index.readWants();
  const entries = (await listIds(layout)).map(async (id): Promise<readonly StoreEntry[]> => {
    try {
      const version = await readInstalled(layout, link, id);
      return version === undefined ? [] : [toInstalled(id, version, wants)];
    } catch (error) {
      return [{ state: "broken", id, error: BowspritError.from(error) }];
    }
  });
  return (await Promise.all(entries)).flat();
}

function toInstalled(id: ExtensionId, version: InstalledVersion, wants: WantsById): InstalledExtension {
  return { state: "installed", id, ...version, wants: wants.get(id) ?? wantsOfRecord(version.record) };
}
