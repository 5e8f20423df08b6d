import type { Flaw } from "./flaw.ts";
import { isLeaf, type LayerEntry } from "./layer-entry.ts";
import { resolveHardLink } from "./resolve-hard-link.ts";
import { createTreeFolder, type TreeFolder, type TreeLeaf, type TreeNode } from "./tree-node.ts";
import type { Walk, WalkedFolder } from "./walk-to-folder.ts";

/** Puts an entry into the folder that it belongs to. True where something else had to go for it. */
export function placeEntry(walk: Walk, { folder, throughLink }: WalkedFolder, entry: LayerEntry): boolean {
  const before = folder.children.get(entry.name);
  const behindLink = throughLink ? "behindLink" : undefined;
  if (entry.kind === "folder") {
    const flaw = entry.flaw ?? behindLink ?? contradiction(before, "folder", walk.layer);
    return placeFolder(folder, entry, { before, flaw });
  }
  const leaf = isLeaf(entry) ? entry : resolveHardLink(walk, { folder, entry });
  const flaw = leaf.flaw ?? behindLink ?? contradiction(before, leaf, walk.layer);
  folder.children.set(entry.name, flaw === leaf.flaw ? leaf : { ...leaf, flaw });
  return before !== undefined;
}

/** A folder that is there already is the same folder, whichever layers name it and how. */
function placeFolder(
  parent: TreeFolder,
  { name, layer }: LayerEntry,
  { before, flaw }: { readonly before: TreeNode | undefined; readonly flaw: Flaw | undefined },
): boolean {
  if (before?.kind === "folder") {
    before.touchedBy = layer;
    return false;
  }
  parent.children.set(name, createTreeFolder(layer, flaw));
  return before !== undefined;
}

/** Layers replace what lies below them. Within one layer the later entry wins, and what they disagree about is a flaw. */
function contradiction(before: TreeNode | undefined, now: TreeLeaf | "folder", layer: number): Flaw | undefined {
  if (before === undefined) return undefined;
  if (before.kind === "folder") return before.touchedBy === layer ? "fileAndFolder" : undefined;
  if (before.placedBy !== layer) return undefined;
  if (now === "folder") return "fileAndFolder";
  return isSame(now, before) ? before.flaw : "twice";
}

function isSame(a: TreeLeaf, b: TreeLeaf): boolean {
  if (a.kind === "symlink") return b.kind === "symlink" && a.link === b.link;
  return a.kind === b.kind && a.layer === b.layer && a.ordinal === b.ordinal;
}
