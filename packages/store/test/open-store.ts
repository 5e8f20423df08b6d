import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type OperatingSystem, toExtensionId } from "@bowsprit/core";
import { createStore, type HomeLock, type InstalledExtension, type Store } from "../src/index.ts";
import { createTestProcessTable } from "./process-table.ts";
import { installSample } from "./sample-extension.ts";

export function openStore(home: string, os?: OperatingSystem): Store {
  return createStore({ home, processes: createTestProcessTable(), ...(os !== undefined && { os }) });
}

export async function withLock<T>(store: Store, write: (lock: HomeLock) => Promise<T>): Promise<T> {
  await using lock = await store.lock();
  return await write(lock);
}

/** Installs, replacing what there is. */
export function install(store: Store, content: string, name = "sample"): Promise<InstalledExtension> {
  return withLock(store, (lock) => installSample(store, lock, { name, content, replace: true }));
}

export async function contentOf(store: Store, name = "sample"): Promise<string> {
  const { folder } = await store.get(toExtensionId(name));
  return readFile(join(folder, "root", "content.txt"), "utf8");
}

export async function readJson(...path: readonly string[]): Promise<unknown> {
  return JSON.parse(await readFile(join(...path), "utf8"));
}
