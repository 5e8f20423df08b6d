import { createSelection } from "./create-selection.ts";
import { followPath, type Place } from "./follow-path.ts";
import type { ImageFile } from "./image-file.ts";
import { createInquiry, type Inquiry, refusal, refuseFlaw } from "./inquiry.ts";
import { selectFiles } from "./select-files.ts";
import { textOf } from "./text-of.ts";
import type { TreeFolder, TreeLeaf, TreeNode } from "./tree-node.ts";

/** All layers of an image on one another. Nothing of it is judged but what is asked for. */
export interface ImageTree {
  /**
   * The file at a path of the metadata: text, a leading `/` is the root of the image. Links are followed inside the image.
   * @throws BowspritError `SOURCE_NOT_FOUND` for nothing there, `SOURCE_REFUSED` for what must not be written.
   */
  file(path: string): ImageFile;
  /**
   * Everything at and below some paths, each file once, links resolved into plain files, sorted by the bytes of the paths.
   * @throws BowspritError as `file`, and `SOURCE_REFUSED` for files that cannot lie beside one another, over 100,000 files and folders,
   * and over 2 GiB.
   */
  select(roots: readonly string[]): readonly ImageFile[];
  /**
   * What lies in a folder, by name, as it is: links are followed to the folder, not in it. Names that are not UTF-8 are left out.
   * @throws BowspritError as `file`.
   */
  list(path: string): ReadonlyMap<string, ListedKind>;
}

export type ListedKind = "file" | "folder" | "link" | "other";

export interface ImageTreeOptions {
  /** How messages begin. */
  readonly attempt: string;
}

/** Asks a merged tree. */
export function createImageTree(root: TreeFolder, { attempt }: ImageTreeOptions): ImageTree {
  const image: Place = { kind: "folder", folder: root, above: undefined };

  const find = (inquiry: Inquiry): Place | TreeLeaf => {
    const [path = ""] = inquiry.roots;
    refuseFlaw(inquiry, "", root);
    return followPath(image, path, { inquiry, path });
  };

  return {
    file(path) {
      const inquiry = createInquiry(attempt, [path]);
      const [wanted = ""] = inquiry.roots;
      const found = find(inquiry);
      if (found.kind === "folder")
        throw refusal(attempt, wanted, { why: "it is a folder, not a file", hint: "Name the file." });
      const selection = createSelection(inquiry);
      selection.claimWithAbove(wanted);
      return selection.addFile(wanted, found);
    },
    select: (roots) => selectFiles(image, createInquiry(attempt, roots)),
    list(path) {
      const inquiry = createInquiry(attempt, [path]);
      const found = find(inquiry);
      if (found.kind !== "folder")
        throw refusal(attempt, inquiry.roots[0] ?? "", { why: "it is no folder", hint: "Name the folder." });
      return listFolder(found.folder);
    },
  };
}

function listFolder({ children }: TreeFolder): ReadonlyMap<string, ListedKind> {
  const listed = new Map<string, ListedKind>();
  for (const [name, node] of children) {
    const text = name === ".." ? undefined : textOf(name);
    if (text !== undefined) listed.set(text, kindOf(node));
  }
  return listed;
}

function kindOf({ kind }: TreeNode): ListedKind {
  if (kind === "symlink") return "link";
  return kind === "file" || kind === "folder" ? kind : "other";
}
