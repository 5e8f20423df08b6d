import type { TreeFolder } from "./tree-node.ts";

/**
 * Takes out of a folder what only lower layers hold. A folder is looked through once for each layer: what is put into it later is the
 * layer's own.
 */
export function clearLowerLayers(folder: TreeFolder, layer: number): void {
  if (folder.clearedBy === layer) return;
  folder.clearedBy = layer;
  for (const [name, node] of folder.children) {
    if (node.kind !== "folder") {
      if (node.placedBy !== layer) folder.children.delete(name);
    } else if (node.touchedBy === layer) clearLowerLayers(node, layer);
    else folder.children.delete(name);
  }
}
