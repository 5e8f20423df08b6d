import type { TarEntry } from "../tar/tar-entry.ts";
import type { LayerEntry } from "./layer-entry.ts";
import { splitEntryPath } from "./split-entry-path.ts";
import { createTreeBudget, type TreeBudget } from "./tree-budget.ts";

/**
 * What the headers of one layer say. Nothing is applied yet: what an entry means depends on the layers below. Once it is merged nobody
 * needs it any longer.
 */
export interface LayerTree {
  readonly attempt: string;
  readonly layer: number;
  readonly budget: TreeBudget;
  /** In the order of the archive. */
  readonly entries: readonly LayerEntry[];
  /** Whatever an entry is called and is, it is taken. @throws BowspritError `SOURCE_REFUSED` when the budget is spent. */
  add(entry: TarEntry): void;
}

export interface LayerTreeOptions {
  /** How messages begin. */
  readonly attempt: string;
  /** Shared by the layers of an image, so that many layers cost no more than one; by default the layer has one of its own. */
  readonly budget?: TreeBudget;
}

/** What an entry and what it becomes in the tree take, as measured. */
const entryBytes = 160;
const hardLinkBytes = 260;
const folderBytes = 420;

/** A string and its place in the pool. */
const stringBytes = 80;

/** Collects the entries of a layer; `layer` is its index, 0 for the base. */
export function createLayerTree(
  layer: number,
  { attempt, budget = createTreeBudget(attempt) }: LayerTreeOptions,
): LayerTree {
  const entries: LayerEntry[] = [];
  const pool = new Map<string, string>();

  // Folders and names repeat, and a part of a path would keep the whole path alive.
  const keepString = (text: string): string => {
    const kept = pool.get(text);
    if (kept !== undefined) return kept;
    budget.keep(stringBytes + text.length);
    const copy = Buffer.from(text, "latin1").toString("latin1");
    pool.set(copy, copy);
    return copy;
  };

  const put = (entry: LayerEntry): void => {
    budget.keep(bytesOf(entry.kind) + entry.link.length);
    entries.push(entry);
  };

  return {
    attempt,
    layer,
    budget,
    entries,
    add({ path, kind, size, mode, link, ordinal }) {
      const place = splitEntryPath(path);
      const folder = keepString(place.folder);
      const name = keepString(place.name);
      const about = { size, mode, link, layer, ordinal, placedBy: layer, flaw: place.flaw };
      if (place.climbsFrom === undefined) {
        // What is too long was cut, so it is a mark, not the entry.
        put({ folder, name, kind: place.flaw === "tooLong" ? "broken" : kind, ...about });
      } else {
        // It is nowhere inside. Both places where a reader might look for it hold a mark instead.
        put({ folder, name, kind: "broken", ...about });
        put({ folder: keepString(place.climbsFrom), name: "..", kind: "broken", ...about });
      }
    },
  };
}

function bytesOf(kind: LayerEntry["kind"]): number {
  if (kind === "folder") return folderBytes;
  return kind === "hardlink" ? hardLinkBytes : entryBytes;
}
