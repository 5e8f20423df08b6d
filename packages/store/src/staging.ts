import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { homeError } from "./home-error.ts";
import type { HomeLayout } from "./home-layout.ts";
import { ensureFolder } from "./private-folder.ts";
import { randomName } from "./random-name.ts";
import { pruneHome } from "./remove-extension.ts";
import type { Staging } from "./store.ts";

const nameBytes = 16;

/** A new folder with a name that nobody can foresee. See {@link Store.stage}. */
export async function createStaging(layout: HomeLayout): Promise<Staging> {
  await ensureFolder(layout.staging, 0o700);
  const folder = join(layout.staging, randomName(nameBytes));
  const staging = {
    folder,
    root: join(folder, "root"),
    host: join(folder, "host"),
    discard: () => discard(folder, layout),
  };
  try {
    for (const path of [folder, staging.root, staging.host]) await mkdir(path, { mode: 0o700 });
    return staging;
  } catch (error) {
    throw homeError(error, `create folder ${folder}`);
  }
}

/** True for a name that {@link createStaging} gives: nothing else in that folder is ours to sweep. */
export function isStagingName(name: string): boolean {
  return name.length === 2 * nameBytes && /^[0-9a-f]+$/u.test(name);
}

async function discard(folder: string, layout: HomeLayout): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
    await pruneHome(layout);
  } catch (error) {
    throw homeError(error, `remove folder ${folder}`);
  }
}
