import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ExtensionRecord } from "./extension-record.ts";
import { homeError } from "./home-error.ts";
import { wantsOfRecord } from "./home-index.ts";
import { versionName } from "./home-layout.ts";
import type { HomeParts } from "./home-parts.ts";
import { ensureFolder } from "./private-folder.ts";
import type { CommitOptions, Staging } from "./store.ts";
import { sweepExtension } from "./sweep-extension.ts";

/** Makes a staged folder the installed version. See {@link Store.commit}. */
export async function commitExtension(parts: HomeParts, staging: Staging, options: CommitOptions): Promise<void> {
  const { layout, link, files } = parts;
  const { record, replace = false } = options;
  const { id } = record;
  const existing = await link.read(layout.current(id));
  if (existing !== undefined && !replace) {
    throw new BowspritError(ErrorCode.ExtensionExists, `install ${id}: an extension of that id is installed`, {
      details: { id },
      hint: `Remove it first with "bowsprit rm ${id}", or give metadata.json another "name".`,
    });
  }
  try {
    // What names no version may even be a folder, which no rename replaces.
    if (existing === null) await link.clear(layout.current(id));
    await writeRecord(staging, record);
    await files.syncTree(staging.folder);
    const version = await placeVersion(parts, staging, { record, existing });
    await switchTo(parts, record, version);
  } catch (error) {
    await sweepExtension(parts, id).catch(() => undefined);
    throw homeError(error, `install ${id}`);
  }
  // What is installed is decided; older versions left behind by a failure here are swept by the next recovery.
  await sweepExtension(parts, id).catch(() => undefined);
}

async function writeRecord(staging: Staging, record: ExtensionRecord): Promise<void> {
  const file = await open(join(staging.folder, "install.json"), "wx", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(record)}\n`);
  } finally {
    await file.close();
  }
}

interface Placing {
  readonly record: ExtensionRecord;
  /** What `current` names now. */
  readonly existing: string | undefined | null;
}

async function placeVersion(
  { layout, files }: HomeParts,
  staging: Staging,
  { record, existing }: Placing,
): Promise<string> {
  const { id } = record;
  const plain = versionName(record.digest);
  const version = existing === plain ? `${plain}-2` : plain;
  await ensureFolder(layout.extensions, 0o700);
  await ensureFolder(layout.extension(id), 0o700);
  await ensureFolder(layout.versions(id), 0o700);
  const target = join(layout.versions(id), version);
  await rm(target, { recursive: true, force: true });
  await rename(staging.folder, target);
  for (const folder of [layout.versions(id), layout.extension(id), layout.extensions, layout.home])
    await files.syncFolder(folder);
  return version;
}

// The documents are written before the switch, for a full disk must not strike after it, and named after it, for they follow it.
async function switchTo(parts: HomeParts, record: ExtensionRecord, version: string): Promise<void> {
  const { layout, link, index } = parts;
  const old = (await index.readWants()).get(record.id);
  const wants = { ...wantsOfRecord(record), ...(old !== undefined && { enabled: old.enabled }) };
  const documents = await index.prepare({ id: record.id, wants, digest: record.digest });
  try {
    await link.switch(layout.current(record.id), version);
  } catch (error) {
    await documents.discard();
    throw error;
  }
  await documents.publish().catch(() => undefined);
}
