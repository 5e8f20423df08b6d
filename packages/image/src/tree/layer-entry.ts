import type { TarEntryKind } from "../tar/tar-entry.ts";
import type { Flaw } from "./flaw.ts";
import type { TreeLeaf } from "./tree-node.ts";

/** An entry of a layer as it is kept until the layers are merged. What becomes a leaf is that leaf: it is kept once. */
export interface LayerEntry extends Omit<TreeLeaf, "kind"> {
  readonly kind: TarEntryKind | "broken";
  /** Binary strings; both are "" for the image itself. */
  readonly folder: string;
  readonly name: string;
  readonly flaw: Flaw | undefined;
}

export function isLeaf(entry: LayerEntry): entry is LayerEntry & TreeLeaf {
  return entry.kind !== "folder" && entry.kind !== "hardlink";
}
