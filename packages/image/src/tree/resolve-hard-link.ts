import type { Flaw } from "./flaw.ts";
import type { LayerEntry } from "./layer-entry.ts";
import { splitEntryPath } from "./split-entry-path.ts";
import type { TreeFolder, TreeLeaf, TreeNode } from "./tree-node.ts";
import { type Walk, walkToFolder } from "./walk-to-folder.ts";

/** The name that a hard link gets. */
export interface HardLinkName {
  readonly folder: TreeFolder;
  readonly entry: LayerEntry;
}

/**
 * What a hard link stands for: the file that its target is at this moment, in this layer or below. It stays that file when the target is
 * replaced later. Its target is a path from the root of the image; links on the way are followed as by umoci and containerd, and leave
 * a flaw, as does whatever leads nowhere: to what comes later, to itself, to a folder.
 */
export function resolveHardLink(walk: Walk, { folder, entry }: HardLinkName): TreeLeaf {
  const { link, layer, flaw } = entry;
  const target = splitEntryPath(link);
  const found = walkToFolder(walk, target.folder, false);
  const node = found?.folder.children.get(target.name);
  const isItself = found?.folder === folder && target.name === entry.name;
  if (target.flaw === "leavesImage") return broken(entry, "hardLinkOut");
  if (node === undefined || isItself) return broken(entry, "hardLinkNowhere");
  if (node.kind === "folder") return broken(entry, "hardLinkFolder");
  const throughLink = found?.throughLink === true || node.kind === "symlink" ? "hardLinkThroughLink" : undefined;
  return {
    ...leafOf(node),
    // A symlink stays the link it is; what a file was linked to is judged when it is written.
    link: node.kind === "symlink" ? node.link : link,
    placedBy: layer,
    flaw: flaw ?? throughLink ?? target.flaw ?? node.flaw,
  };
}

function broken(entry: LayerEntry, flaw: Flaw): TreeLeaf {
  return { ...leafOf({ ...entry, kind: "broken" }), flaw };
}

/** Without the name that an entry carries besides. */
function leafOf({ kind, size, mode, link, layer, ordinal, placedBy, flaw }: Exclude<TreeNode, TreeFolder>): TreeLeaf {
  return { kind, size, mode, link, layer, ordinal, placedBy, flaw };
}
