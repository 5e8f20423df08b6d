import { type Digest, type ExtensionId, isExtensionId, isJsonObject } from "@bowsprit/core";
import type { CurrentLink } from "./current-link.ts";
import { readFile } from "./disk-reads.ts";
import type { DurableFiles, PreparedFile } from "./durable-files.ts";
import type { ExtensionRecord } from "./extension-record.ts";
import { hasErrno, homeError } from "./home-error.ts";
import { digestOfVersion, type HomeLayout } from "./home-layout.ts";
import { isEngineChoice, parseDocument, parseSource } from "./parse-record.ts";
import { listIds, readInstalled } from "./read-installed.ts";
import type { ExtensionWants } from "./store.ts";

export type WantsById = ReadonlyMap<ExtensionId, ExtensionWants>;

/** What one write changes in the two documents; undefined takes the extension out. */
export interface IndexChange {
  readonly id: ExtensionId;
  readonly wants: ExtensionWants | undefined;
  /** The digest that `current` is about to name; without it the one that it names. */
  readonly digest?: Digest;
}

/**
 * The documents `extensions.json` and `bowsprit.lock`. They are never edited: each write makes them anew from what `current` of each
 * extension names, and takes from the old documents only what is known nowhere else.
 */
export interface HomeIndex {
  /** An unreadable document or entry is left out: whoever asks falls back on the record. @throws BowspritError `HOME_UNUSABLE` for one of a later format. */
  readWants(): Promise<WantsById>;
  /** Writes both documents under other names, so that a full disk is noticed before anything is switched. */
  prepare(change?: IndexChange): Promise<PreparedFile>;
}

export function createHomeIndex(layout: HomeLayout, link: CurrentLink, files: DurableFiles): HomeIndex {
  const readWants = async (): Promise<WantsById> =>
    new Map(Object.entries(await readEntries(layout.wantsFile)).flatMap(readEntry));

  const installed = async (change: IndexChange | undefined): Promise<readonly IndexEntry[]> => {
    const old = await readWants();
    const entries: IndexEntry[] = [];
    for (const id of (await listIds(layout)).filter((id) => id !== change?.id)) {
      const digest = digestOfVersion((await link.read(layout.current(id))) ?? "");
      const wants = old.get(id) ?? (await recordedWants(layout, link, id));
      if (digest !== undefined) entries.push({ id, digest, wants });
    }
    if (change?.wants === undefined) return entries;
    const digest = change.digest ?? digestOfVersion((await link.read(layout.current(change.id))) ?? "");
    return digest === undefined ? entries : [...entries, { id: change.id, digest, wants: change.wants }];
  };

  return {
    readWants,
    async prepare(change) {
      const entries = (await installed(change)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const wants = entries.flatMap((entry) => (entry.wants === undefined ? [] : [[entry.id, entry.wants]]));
      const digests = entries.map(({ id, digest }) => [id, { digest }]);
      return prepareBoth(await files.prepare(layout.wantsFile, toText(Object.fromEntries(wants))), () =>
        files.prepare(layout.digestsFile, toText(Object.fromEntries(digests))),
      );
    },
  };
}

/** What is wanted of an extension about which the user said nothing else. */
export function wantsOfRecord({ source, engine, installedAt }: ExtensionRecord): ExtensionWants {
  return { source, engine, enabled: true, installedAt };
}

interface IndexEntry {
  readonly id: ExtensionId;
  readonly digest: Digest;
  readonly wants: ExtensionWants | undefined;
}

async function prepareBoth(first: PreparedFile, prepareSecond: () => Promise<PreparedFile>): Promise<PreparedFile> {
  const second = await prepareSecond().catch(async (error: unknown) => {
    await first.discard();
    throw error;
  });
  const inOrder = async (act: (file: PreparedFile) => Promise<void>): Promise<void> => {
    await act(first);
    await act(second);
  };
  return { publish: () => inOrder((file) => file.publish()), discard: () => inOrder((file) => file.discard()) };
}

function toText(extensions: unknown): string {
  return `${JSON.stringify({ format: 1, extensions }, null, 2)}\n`;
}

async function recordedWants(
  layout: HomeLayout,
  link: CurrentLink,
  id: ExtensionId,
): Promise<ExtensionWants | undefined> {
  try {
    const version = await readInstalled(layout, link, id);
    return version === undefined ? undefined : wantsOfRecord(version.record);
  } catch {
    return undefined;
  }
}

async function readEntries(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { extensions } = parseDocument(await readFile(file, "utf8"), file);
    return isJsonObject(extensions) ? extensions : {};
  } catch (error) {
    if (hasErrno(error, "ENOENT")) return {};
    const failure = homeError(error, `read ${file}`);
    if ("format" in failure.details || "errno" in failure.details) throw failure;
    return {};
  }
}

function readEntry([id, value]: [string, unknown]): [ExtensionId, ExtensionWants][] {
  if (!isExtensionId(id) || !isJsonObject(value)) return [];
  const { engine, enabled, installedAt } = value;
  const source = parseSource(value["source"]);
  if (
    source === undefined ||
    !isEngineChoice(engine) ||
    typeof enabled !== "boolean" ||
    typeof installedAt !== "string"
  )
    return [];
  return [[id, { source, engine, enabled, installedAt }]];
}
