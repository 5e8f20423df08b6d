import type { TarEntryKind } from "../tar/tar-entry.ts";
import type { Flaw } from "./flaw.ts";

/** Whatever is not a folder. A hard link is the file that it led to when it was read; one that led nowhere is `broken`. */
export interface TreeLeaf {
  readonly kind: Exclude<TarEntryKind, "folder" | "hardlink"> | "broken";
  /** Bytes of its data. */
  readonly size: number;
  /** As the header says. */
  readonly mode: number;
  /** Where a symlink leads, or where a hard link led: a binary string. Else "". */
  readonly link: string;
  /** Where its data are: the layer, and the entry in it. */
  readonly layer: number;
  readonly ordinal: number;
  /** The layer that put it here: not that of its data where a hard link leads into a lower layer. */
  readonly placedBy: number;
  readonly flaw: Flaw | undefined;
}

export interface TreeFolder {
  readonly kind: "folder";
  /** By name, a binary string. */
  readonly children: Map<string, TreeNode>;
  /** The last layer that named it or something below it. */
  touchedBy: number;
  /** The last layer during which nothing of lower layers was left below it. */
  clearedBy: number;
  flaw: Flaw | undefined;
}

export type TreeNode = TreeFolder | TreeLeaf;

export function createTreeFolder(layer: number, flaw?: Flaw): TreeFolder {
  return { kind: "folder", children: new Map(), touchedBy: layer, clearedBy: layer, flaw };
}
