import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type Inquiry, refuseFlaw } from "./inquiry.ts";
import { judgeLink, linkRefusal } from "./judge-link.ts";
import { maxLinkBytes, maxLinks, pathSegments } from "./path-segments.ts";
import { showPath } from "./text-of.ts";
import type { TreeFolder, TreeLeaf } from "./tree-node.ts";

/** A folder where it really is: what `..` means in a link depends on that. */
export interface Place {
  readonly kind: "folder";
  readonly folder: TreeFolder;
  /** Nothing for the image itself. */
  readonly above: Place | undefined;
}

/** A path on the way, and what it is followed for. */
export interface Way {
  readonly inquiry: Inquiry;
  /** Where what is found would be written; for messages. */
  readonly path: string;
}

/**
 * Follows a relative path, and every link on it, to a file or a folder. Unlike in a changed root, `..` at the root leads out.
 * @throws BowspritError `SOURCE_NOT_FOUND` for nothing there, `SOURCE_REFUSED` for a flaw, and for a link that leads out, nowhere or in a
 * circle.
 */
export function followPath(from: Place, path: string, way: Way): Place | TreeLeaf {
  const { inquiry } = way;
  const ahead = pathSegments(path);
  let place = from;
  let first: string | undefined;
  let links = 0;
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    inquiry.step(way.path);
    const node = name === ".." ? place.above?.folder : place.folder.children.get(name);
    if (node === undefined) throw deadEnd(way, name, first);
    refuseFlaw(inquiry, way.path, node);
    if (name === "..") place = place.above ?? place;
    else if (node.kind === "folder") place = { kind: "folder", folder: node, above: place };
    else if (node.kind === "symlink") {
      first ??= node.link;
      links += 1;
      if (links > maxLinks || node.link.length > maxLinkBytes)
        throw linkRefusal(inquiry, way.path, { link: first, why: "which leads in a circle or through too many links" });
      judgeLink(inquiry, way.path, node.link);
      if (node.link.startsWith("/")) place = rootOf(place);
      ahead.push(...pathSegments(node.link));
    } else if (ahead.length > 0) throw deadEnd(way, name, first);
    else return node;
  }
  return place;
}

function deadEnd({ inquiry, path }: Way, name: string, link: string | undefined): Error {
  if (link !== undefined) {
    const why = name === ".." ? "which leads out of the image" : "which leads to nothing in the image";
    return linkRefusal(inquiry, path, { link, why });
  }
  return new BowspritError(ErrorCode.SourceNotFound, `${inquiry.attempt}: the image holds no ${showPath(path)}`, {
    details: { path: showPath(path) },
    hint: "Put it into the image, or mend the path in metadata.json.",
  });
}

function rootOf(place: Place): Place {
  let root = place;
  while (root.above !== undefined) root = root.above;
  return root;
}
