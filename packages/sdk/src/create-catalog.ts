import { existsSync } from "node:fs";
import {
  type Extension,
  type ExtensionDetails,
  type ExtensionId,
  extensionIdOfArgument,
  type HostEvent,
  type ServiceStatus,
} from "@bowsprit/core";
import type { InstalledExtension, Store, StoreEntry } from "@bowsprit/store";
import { describeBroken, describeBrokenDetails, describeDetails, describeExtension } from "./describe-extension.ts";
import type { HostTools } from "./host-tools.ts";
import { projectOf } from "./project-of.ts";

/** What a host stands on. */
export interface HostParts {
  readonly store: Store;
  /** Opens, once, the parts that listing does without. */
  readonly open: () => Promise<HostTools>;
  /** Those parts if they were opened. */
  readonly opened: () => Promise<HostTools> | undefined;
  /** Ends what the parts run, and lets none be opened any more. */
  readonly close: () => Promise<void>;
}

/** The installed extensions as a caller names and sees them. */
export interface Catalog {
  /** @throws BowspritError `EXTENSION_NOT_FOUND`, `HOME_UNUSABLE` for a broken entry. */
  find(argument: string): Promise<InstalledExtension>;
  /** Finds broken entries, too. @throws BowspritError `EXTENSION_NOT_FOUND`. */
  findEntry(argument: string): Promise<StoreEntry>;
  describe(entry: StoreEntry): Promise<Extension>;
  describeWhole(entry: StoreEntry): Promise<ExtensionDetails>;
  /** What is to be told of an extension that changed. */
  eventOf(id: ExtensionId): Promise<HostEvent>;
}

/** Creates the catalog of a store; it reads anew at every call. */
export function createCatalog({ store, open, opened }: Omit<HostParts, "close">): Catalog {
  // A runtime that never ran here has nothing to say, and is not loaded to say it.
  const statusOf = async ({ id, record }: InstalledExtension): Promise<readonly ServiceStatus[]> => {
    const mayRun = record.engine === "local" && (opened() !== undefined || existsSync(store.runFolder));
    return mayRun ? (await open()).runtime.status(projectOf(id)) : [];
  };
  const describe = async (entry: StoreEntry): Promise<Extension> =>
    entry.state === "broken" ? describeBroken(entry) : describeExtension(entry, await statusOf(entry));
  return {
    find: async (argument) => store.get(extensionIdOfArgument(argument)),
    async findEntry(argument) {
      const id = extensionIdOfArgument(argument);
      return (await store.list()).find((entry) => entry.id === id) ?? store.get(id);
    },
    describe,
    async eventOf(id) {
      const entry = (await store.list()).find((each) => each.id === id);
      return entry === undefined ? { type: "removed", id } : { type: "changed", extension: await describe(entry) };
    },
    async describeWhole(entry) {
      if (entry.state === "broken") return describeBrokenDetails(entry);
      return describeDetails(entry, await statusOf(entry), (await open()).transport);
    },
  };
}
