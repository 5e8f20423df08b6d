import { applyWhiteout, whiteoutPrefix } from "./apply-whiteout.ts";
import { createImageTree, type ImageTree } from "./create-image-tree.ts";
import type { LayerTree } from "./create-layer-tree.ts";
import { placeEntry } from "./place-entry.ts";
import { createTreeFolder } from "./tree-node.ts";
import { type Walk, type WalkedFolder, walkToFolder } from "./walk-to-folder.ts";

/**
 * Puts layers on one another, the base first, by the rules of the OCI image specification. Nothing in a layer is refused for what it is
 * or is called: what no reader could place without a doubt gets a flaw, and is refused when it would be written.
 * @throws BowspritError `SOURCE_REFUSED` when the budget is spent.
 */
export function mergeLayers(layers: readonly LayerTree[]): ImageTree {
  const root = createTreeFolder(-1);
  for (const { layer, budget, entries } of layers) {
    root.touchedBy = layer;
    applyLayer({ root, layer, budget }, entries);
  }
  return createImageTree(root, { attempt: layers[0]?.attempt ?? "read an image" });
}

function applyLayer(walk: Walk, entries: LayerTree["entries"]): void {
  // Entries of a folder follow one another, and as long as nothing is replaced the way to it is the same.
  let path: string | undefined;
  let found: WalkedFolder | undefined;
  for (const entry of entries) {
    if (entry.name === "") continue;
    if (entry.name.startsWith(whiteoutPrefix)) {
      applyWhiteout(walk, entry);
      path = undefined;
      continue;
    }
    if (entry.folder !== path) found = walkToFolder(walk, entry.folder, true);
    path = entry.folder;
    if (found !== undefined && placeEntry(walk, found, entry)) path = undefined;
  }
}
