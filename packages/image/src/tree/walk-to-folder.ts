import { maxLinkBytes, maxLinks, pathSegments } from "./path-segments.ts";
import type { TreeBudget } from "./tree-budget.ts";
import { createTreeFolder, type TreeFolder, type TreeNode } from "./tree-node.ts";

/** A tree while one layer is put on it. */
export interface Walk {
  readonly root: TreeFolder;
  readonly layer: number;
  readonly budget: TreeBudget;
}

/** A folder that was walked to. */
export interface WalkedFolder {
  readonly folder: TreeFolder;
  /** True where a link led the way. */
  readonly throughLink: boolean;
}

/** Links lead deeper than any name could: further than this nothing is made. */
const maxDepth = 512;

const folderBytes = 300;

/**
 * Walks to a folder as a program in a changed root would: links are followed, an absolute one begins at the root of the image, and
 * nothing climbs out of it. With `make`, what is missing is made and what is no folder is replaced by one. Nothing where there is no
 * way: links in a circle.
 */
export function walkToFolder(walk: Walk, path: string, make: boolean): WalkedFolder | undefined {
  // Without the root: nothing is left to climb out of.
  const stack: TreeFolder[] = [];
  const ahead = pathSegments(path);
  let links = 0;
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    walk.budget.step();
    if (name === "..") {
      stack.pop();
      continue;
    }
    const folder = stack.at(-1) ?? walk.root;
    const node = folder.children.get(name);
    if (node?.kind === "folder") {
      if (make) node.touchedBy = walk.layer;
      stack.push(node);
    } else if (node?.kind === "symlink") {
      links += 1;
      if (links > maxLinks || node.link.length > maxLinkBytes) return undefined;
      if (node.link.startsWith("/")) stack.length = 0;
      ahead.push(...pathSegments(node.link));
    } else {
      if (!make) return undefined;
      if (stack.length > maxDepth) {
        folder.flaw = "tooLong";
        return undefined;
      }
      stack.push(makeFolder(walk, folder, { name, node }));
    }
  }
  return { folder: stack.at(-1) ?? walk.root, throughLink: links > 0 };
}

function makeFolder(
  { layer, budget }: Walk,
  parent: TreeFolder,
  { name, node }: { readonly name: string; readonly node: TreeNode | undefined },
): TreeFolder {
  budget.keep(folderBytes + name.length);
  const isContradiction = node?.kind !== "folder" && node?.placedBy === layer;
  const folder = createTreeFolder(layer, isContradiction ? "fileAndFolder" : undefined);
  parent.children.set(name, folder);
  return folder;
}
