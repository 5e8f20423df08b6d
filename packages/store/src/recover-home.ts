import { basename } from "node:path";
import { unfinishedEnding } from "./durable-files.ts";
import { homeError } from "./home-error.ts";
import type { HomeParts } from "./home-parts.ts";
import { listIds } from "./read-installed.ts";
import { pruneHome } from "./remove-extension.ts";
import { isStagingName } from "./staging.ts";
import { sweepExtension, sweepFolder } from "./sweep-extension.ts";

/** Sweeps what a killed process left behind. See {@link Store.recover}. */
export async function recoverHome(parts: HomeParts): Promise<void> {
  const { layout, index } = parts;
  try {
    await sweepFolder(layout.staging, isStagingName);
    const documents = [basename(layout.wantsFile), basename(layout.digestsFile)];
    const isUnfinished = (name: string): boolean => documents.some((document) => name.startsWith(`${document}.`));
    await sweepFolder(layout.home, (name) => name.endsWith(unfinishedEnding) && isUnfinished(name));
    for (const id of await listIds(layout)) await sweepExtension(parts, id);
    if ((await listIds(layout)).length > 0) await (await index.prepare()).publish();
    await pruneHome(layout);
  } catch (error) {
    throw homeError(error, `recover ${layout.home}`);
  }
}
