import { open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { OperatingSystem } from "@bowsprit/core";
import { randomName } from "./random-name.ts";

/** Writes that survive a power cut: each is on the disk before it is given its name. */
export interface DurableFiles {
  /** Makes the names in a folder durable. Windows does so itself. */
  syncFolder(folder: string): Promise<void>;
  /** Makes every file and folder below `folder`, and itself, durable. */
  syncTree(folder: string): Promise<void>;
  /** Writes a private file beside `path` and returns what gives it that name, replacing what had it, or drops it. */
  prepare(path: string, text: string): Promise<PreparedFile>;
}

export interface PreparedFile {
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/** What a file is called before it has its name; the sweep knows it by this ending. */
export const unfinishedEnding = ".tmp";

export function createDurableFiles(os: OperatingSystem): DurableFiles {
  const syncFolder = async (folder: string): Promise<void> => {
    if (os !== "windows") await syncPath(folder, "r");
  };
  // Windows flushes only what is open for writing.
  const syncFile = (file: string): Promise<void> => syncPath(file, os === "windows" ? "r+" : "r");
  return {
    syncFolder,
    async syncTree(folder) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
      await forEachFew(files, syncFile);
      await forEachFew([...folders, folder], syncFolder);
    },
    async prepare(path, text) {
      const unfinished = `${path}.${randomName(6)}${unfinishedEnding}`;
      const discard = (): Promise<void> => rm(unfinished, { force: true });
      const file = await open(unfinished, "wx", 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } catch (error) {
        await discard();
        throw error;
      } finally {
        await file.close();
      }
      return {
        discard,
        publish: async () => {
          await rename(unfinished, path);
          await syncFolder(dirname(path));
        },
      };
    },
  };
}

async function syncPath(path: string, flags: "r" | "r+"): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// A disk commits many syncs at once about as fast as one; sixteen keep it busy without many open files.
async function forEachFew(items: readonly string[], visit: (item: string) => Promise<void>): Promise<void> {
  const queue = items.values();
  const work = async (): Promise<void> => {
    for (const item of queue) await visit(item);
  };
  await Promise.all(Array.from({ length: 16 }, work));
}
