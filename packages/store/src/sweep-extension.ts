import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ExtensionId } from "@bowsprit/core";
import { unfinishedEnding } from "./durable-files.ts";
import { hasErrno } from "./home-error.ts";
import type { HomeParts } from "./home-parts.ts";

/**
 * Removes the versions of one extension that `current` does not name. An extension without `current` is an install that did not end or
 * a removal that did: its folder goes, with its sockets, which only an installed extension has.
 */
export async function sweepExtension({ layout, link }: HomeParts, id: ExtensionId): Promise<void> {
  const version = await link.read(layout.current(id));
  if (version === undefined) {
    await rm(layout.socketsOf(id), { recursive: true, force: true });
    return rm(layout.extension(id), { recursive: true, force: true });
  }
  // A `current` that names no version leaves open which one it meant.
  if (version === null) return undefined;
  await sweepFolder(layout.versions(id), (name) => name !== version);
  return sweepFolder(layout.extension(id), (name) => name.endsWith(unfinishedEnding));
}

/** Removes what a folder holds, as far as `isStale` says; a folder that is not there holds nothing. */
export async function sweepFolder(folder: string, isStale: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasErrno(error, "ENOENT")) return [];
    throw error;
  });
  for (const name of names.filter((name) => isStale(name)))
    await rm(join(folder, name), { recursive: true, force: true });
}
