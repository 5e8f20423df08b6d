import { isAbsolute } from "node:path";
import {
  BowspritError,
  ErrorCode,
  type ExtensionId,
  type OperatingSystem,
  platformOf,
  type ProcessTable,
} from "@bowsprit/core";
import { acquireHomeLock, type HeldLock } from "./acquire-home-lock.ts";
import { commitExtension } from "./commit-extension.ts";
import { createCurrentLink } from "./current-link.ts";
import { createDurableFiles } from "./durable-files.ts";
import { createHomeFolders } from "./home-folders.ts";
import { createHomeIndex } from "./home-index.ts";
import { createHomeLayout } from "./home-layout.ts";
import type { HomeParts } from "./home-parts.ts";
import { listEntries, loadExtension } from "./load-extension.ts";
import { recoverHome } from "./recover-home.ts";
import { removeExtension } from "./remove-extension.ts";
import { createStaging } from "./staging.ts";
import type { HomeLock, InstalledExtension, Store, WantsChange } from "./store.ts";

export interface StoreOptions {
  /** An absolute path; it need not exist. */
  readonly home: string;
  /** Tells whether the holder of the lock is alive. */
  readonly processes: ProcessTable;
  /** Decides the form of `current`; the default is this computer's. */
  readonly os?: OperatingSystem;
}

/**
 * Opens a home. Creating the object touches nothing.
 * @throws TypeError for a relative home.
 */
export function createStore(options: StoreOptions): Store {
  const { home, processes, os = platformOf(process.platform, process.arch).os } = options;
  if (!isAbsolute(home)) throw new TypeError(`home must be an absolute path, not ${JSON.stringify(home)}`);
  const parts = createParts(home, os);
  const locks = new WeakMap<HomeLock, HeldLock>();
  const under = async <T>(lock: HomeLock, write: () => Promise<T>): Promise<T> => {
    if (locks.get(lock)?.held !== true) {
      throw new BowspritError(
        ErrorCode.InvalidArgument,
        `write to ${home}: the lock was given back, or is another store's`,
      );
    }
    return write();
  };
  return {
    home,
    async lock(lockOptions = {}) {
      const lock = await acquireHomeLock(parts.layout, processes, lockOptions);
      locks.set(lock, lock);
      return lock;
    },
    stage: (lock) => under(lock, () => createStaging(parts.layout)),
    commit: (lock, staging, commitOptions) =>
      under(lock, async () => {
        await commitExtension(parts, staging, commitOptions);
        return loadExtension(parts, commitOptions.record.id);
      }),
    list: () => listEntries(parts),
    get: async (id) => loadExtension(parts, id),
    configure: (lock, id, changes) => under(lock, () => configure(parts, id, changes)),
    remove: (lock, id) => under(lock, () => removeExtension(parts, id)),
    recover: (lock) => under(lock, () => recoverHome(parts)),
    ...createHomeFolders(parts.layout),
  };
}

function createParts(home: string, os: OperatingSystem): HomeParts {
  const layout = createHomeLayout(home);
  const files = createDurableFiles(os);
  const link = createCurrentLink(os, files);
  return { layout, link, files, index: createHomeIndex(layout, link, files) };
}

async function configure(parts: HomeParts, id: ExtensionId, changes: WantsChange): Promise<InstalledExtension> {
  const { wants } = await loadExtension(parts, id);
  await (await parts.index.prepare({ id, wants: { ...wants, ...changes } })).publish();
  return loadExtension(parts, id);
}
