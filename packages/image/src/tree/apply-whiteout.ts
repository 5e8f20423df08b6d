import { clearLowerLayers } from "./clear-lower-layers.ts";
import type { LayerEntry } from "./layer-entry.ts";
import type { TreeFolder } from "./tree-node.ts";
import { type Walk, walkToFolder } from "./walk-to-folder.ts";

/** Before the name of what a layer deletes. */
export const whiteoutPrefix = ".wh.";

const opaque = ".wh..wh..opq";

/**
 * Deletes what a whiteout names, or for an opaque folder all it holds, from the layers below; what the layer itself brings stays, before
 * or after. (The names that AUFS keeps for itself, `.wh..wh.` and more, delete nothing.)
 *
 * A malformed whiteout leaves a flaw on what it decides about: on the name it deletes, or where it names none, as `.wh...` does, on the
 * folder that holds it. It never reaches beyond that folder, so elsewhere in an image it refuses nothing.
 */
export function applyWhiteout(walk: Walk, entry: LayerEntry): void {
  const target = entry.name.slice(whiteoutPrefix.length);
  if (target.startsWith(whiteoutPrefix) && entry.name !== opaque) return;
  const malformed = isMalformed(entry);
  const folder = walkToFolder(walk, entry.folder, malformed)?.folder;
  if (folder === undefined) return;
  const isAboutFolder = entry.name === opaque || target === "" || target === "." || target === "..";
  if (!isAboutFolder) {
    deleteLower(folder, target, walk.layer);
    if (malformed) folder.children.set(target, { ...entry, kind: "broken", flaw: "whiteout" });
  } else if (malformed) folder.flaw = "whiteout";
  else clearLowerLayers(folder, walk.layer);
}

function deleteLower(folder: TreeFolder, name: string, layer: number): void {
  const node = folder.children.get(name);
  if (node === undefined) return;
  if (node.kind === "folder" && node.touchedBy === layer) clearLowerLayers(node, layer);
  else if (node.kind === "folder" || node.placedBy !== layer) folder.children.delete(name);
}

/** A whiteout is an empty file with a plain name; whatever else it carries would be lost. AUFS wrote hard links. */
function isMalformed({ name, kind, size, flaw }: LayerEntry): boolean {
  const namesNothing = name === ".wh." || name === ".wh.." || name === ".wh...";
  return namesNothing || flaw !== undefined || size !== 0 || (kind !== "file" && kind !== "hardlink");
}
