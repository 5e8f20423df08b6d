import { rm, rmdir } from "node:fs/promises";
import { BowspritError, ErrorCode, type ExtensionId } from "@bowsprit/core";
import { hasErrno, homeError } from "./home-error.ts";
import type { HomeLayout } from "./home-layout.ts";
import type { HomeParts } from "./home-parts.ts";
import { listIds } from "./read-installed.ts";

/** Uninstalls an extension. See {@link Store.remove}. */
export async function removeExtension(parts: HomeParts, id: ExtensionId): Promise<void> {
  const { layout, link, index } = parts;
  if ((await link.read(layout.current(id))) === undefined) throw notFoundError(id);
  try {
    await link.clear(layout.current(id));
    await (await index.prepare({ id, wants: undefined })).publish();
    await rm(layout.socketsOf(id), { recursive: true, force: true });
    await rm(layout.extension(id), { recursive: true, force: true });
    await pruneHome(layout);
  } catch (error) {
    throw homeError(error, `remove ${id}`);
  }
}

export function notFoundError(id: ExtensionId): BowspritError {
  return new BowspritError(ErrorCode.ExtensionNotFound, `find extension ${id}: it is not installed`, {
    details: { id },
    hint: 'See what is installed with "bowsprit ls".',
  });
}

/** Removes what an empty home does not need. */
export async function pruneHome(layout: HomeLayout): Promise<void> {
  if ((await listIds(layout)).length === 0) {
    for (const file of [layout.wantsFile, layout.digestsFile]) await rm(file, { force: true });
  }
  for (const folder of [layout.extensions, layout.sockets, layout.staging, layout.logs, layout.run])
    await removeEmpty(folder);
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!hasErrno(error, "ENOENT", "ENOTEMPTY", "EEXIST", "EBUSY")) throw error;
  }
}
