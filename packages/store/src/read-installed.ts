import { join } from "node:path";
import { BowspritError, type Digest, ErrorCode, type ExtensionId, isExtensionId } from "@bowsprit/core";
import type { CurrentLink } from "./current-link.ts";
import { readdir, readFile } from "./disk-reads.ts";
import type { ExtensionRecord } from "./extension-record.ts";
import { hasErrno, homeError } from "./home-error.ts";
import { digestOfVersion, type HomeLayout } from "./home-layout.ts";
import { parseRecord } from "./parse-record.ts";

const maxAttempts = 3;

/** The version that `current` names. */
export interface InstalledVersion {
  readonly digest: Digest;
  readonly folder: string;
  readonly record: ExtensionRecord;
}

/** Every id that has a folder, installed or not, sorted. @throws BowspritError `HOME_UNUSABLE`. */
export async function listIds(layout: HomeLayout): Promise<readonly ExtensionId[]> {
  try {
    const entries = await readdir(layout.extensions, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    return names.filter((name) => isExtensionId(name)).toSorted();
  } catch (error) {
    if (hasErrno(error, "ENOENT")) return [];
    throw homeError(error, `read ${layout.extensions}`);
  }
}

/**
 * Reads what is installed under an id; undefined when nothing is. A writer may take the version away between the two reads: then
 * `current` names another by now, and the next attempt finds it.
 * @throws BowspritError `HOME_UNUSABLE` when `current` names nothing that can be read.
 */
export async function readInstalled(
  layout: HomeLayout,
  link: CurrentLink,
  id: ExtensionId,
): Promise<InstalledVersion | undefined> {
  const current = layout.current(id);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readVersion(layout, id, await link.read(current));
    } catch (error) {
      if (attempt === maxAttempts) throw homeError(error, `read extension ${id}`);
    }
  }
}

async function readVersion(
  layout: HomeLayout,
  id: ExtensionId,
  version: string | undefined | null,
): Promise<InstalledVersion | undefined> {
  if (version === undefined) return undefined;
  const digest = version === null ? undefined : digestOfVersion(version);
  if (version === null || digest === undefined) throw brokenError(id, `${layout.current(id)} does not name a version`);
  const folder = join(layout.versions(id), version);
  const file = join(folder, "install.json");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw homeError(error, `read ${file}`);
  });
  const record = parseRecord(text, file);
  if (record.id !== id || record.digest !== digest) throw brokenError(id, `${file} belongs to another version`);
  return { digest, folder, record };
}

function brokenError(id: ExtensionId, why: string): BowspritError {
  return new BowspritError(ErrorCode.HomeUnusable, `read extension ${id}: ${why}`, {
    hint: "Remove the extension and install it again.",
  });
}
