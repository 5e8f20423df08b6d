import { createSelection } from "./create-selection.ts";
import { followPath, type Place } from "./follow-path.ts";
import type { ImageFile } from "./image-file.ts";
import { type Inquiry, isWithin, refusal, refuseFlaw } from "./inquiry.ts";
import type { TreeFolder, TreeLeaf } from "./tree-node.ts";

/** Takes everything at and below the roots of the inquiry; see `ImageTree.select`. */
export function selectFiles(image: Place, inquiry: Inquiry): readonly ImageFile[] {
  const selection = createSelection(inquiry);
  const files = new Map<string, ImageFile>();

  const visit = (path: string, found: Place | TreeLeaf, inside: readonly TreeFolder[]): void => {
    if (found.kind !== "folder") files.set(path, selection.addFile(path, found));
    else visitFolder(path, found, inside);
  };

  const visitFolder = (path: string, place: Place, inside: readonly TreeFolder[]): void => {
    if (inside.includes(place.folder))
      throw refusal(inquiry.attempt, path, {
        why: "it is a link to a folder that holds it",
        hint: "Put the folder itself there, or take the link out.",
      });
    const below = [...inside, place.folder];
    for (const [name, node] of place.folder.children) {
      const child = path === "" ? name : `${path}/${name}`;
      refuseFlaw(inquiry, child, node);
      selection.claim(child);
      if (node.kind === "symlink") visit(child, followPath(place, name, { inquiry, path: child }), below);
      else if (node.kind === "folder") visitFolder(child, { kind: "folder", folder: node, above: place }, below);
      else visit(child, node, below);
    }
  };

  refuseFlaw(inquiry, "", image.folder);
  for (const root of inquiry.roots) {
    const found = followPath(image, root, { inquiry, path: root });
    if (inquiry.roots.some((other) => other !== root && isWithin(root, other))) continue;
    if (root !== "") selection.claimWithAbove(root);
    visit(root, found, []);
  }
  return [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
}
