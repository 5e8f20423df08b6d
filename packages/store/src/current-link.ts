import { rename, rm, symlink } from "node:fs/promises";
import { dirname } from "node:path";
import type { OperatingSystem } from "@bowsprit/core";
import { lstat, readFile, readlink } from "./disk-reads.ts";
import { type DurableFiles, unfinishedEnding } from "./durable-files.ts";
import { hasErrno } from "./home-error.ts";
import { digestOfVersion } from "./home-layout.ts";
import { randomName } from "./random-name.ts";

/** The one switch of the system: `current` names the version's folder, by a relative link or, on Windows, by a file's text. */
export interface CurrentLink {
  /** The name of the version, undefined when there is no `current`, null when it does not name a version. */
  read(path: string): Promise<string | undefined | null>;
  /** Makes `current` name a version, at once and durably. */
  switch(path: string, version: string): Promise<void>;
  /** Removes whatever stands there. */
  clear(path: string): Promise<void>;
}

export function createCurrentLink(os: OperatingSystem, files: DurableFiles): CurrentLink {
  const useFile = os === "windows";
  return {
    async read(path) {
      try {
        const [, name = ""] =
          /^versions\/([^/\s]+)\s*$/u.exec(useFile ? await readFile(path, "utf8") : await readlink(path)) ?? [];
        return digestOfVersion(name) === undefined ? null : name;
      } catch (error) {
        return (await exists(path)) || !hasErrno(error, "ENOENT", "ENOTDIR") ? null : undefined;
      }
    },
    async switch(path, version) {
      if (useFile) return (await files.prepare(path, `versions/${version}\n`)).publish();
      const unfinished = `${path}.${randomName(6)}${unfinishedEnding}`;
      await symlink(`versions/${version}`, unfinished);
      await rename(unfinished, path).catch(async (error: unknown) => {
        await rm(unfinished, { force: true });
        throw error;
      });
      return files.syncFolder(dirname(path));
    },
    async clear(path) {
      await rm(path, { recursive: true, force: true });
      await files.syncFolder(dirname(path));
    },
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
