import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { homeError } from "./home-error.ts";
import type { HomeLayout } from "./home-layout.ts";
import { ensureFolder } from "./private-folder.ts";
import { randomName } from "./random-name.ts";
import type { Staging } from "./store.ts";

/** A new folder with a name that nobody can foresee. See {@link Store.stage}. */
export async function createStaging(layout: HomeLayout): Promise<Staging> {
  await ensureFolder(layout.staging, 0o700);
  const folder = join(layout.staging, randomName(16));
  const staging = { folder, root: join(folder, "root"), host: join(folder, "host"), discard: () => discard(folder) };
  try {
    for (const path of [folder, staging.root, staging.host]) await mkdir(path, { mode: 0o700 });
    return staging;
  } catch (error) {
    throw homeError(error, `create folder ${folder}`);
  }
}

async function discard(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    throw homeError(error, `remove folder ${folder}`);
  }
}
