import { posix } from "node:path";
import type { Metadata } from "@bowsprit/core";
import { namedPaths } from "../named-paths.ts";
import type { ImageTree } from "../tree/create-image-tree.ts";
import type { ImageFile } from "../tree/image-file.ts";

/**
 * The files of an image that an extension needs. A compose file at the root of an image has the whole of it beside itself, so only the
 * plain files there count as its siblings: folders, links and devices of a base system are not its business.
 * @throws BowspritError as `ImageTree.select`.
 */
export function selectedFiles(tree: ImageTree, metadata: Metadata, paths: readonly string[]): readonly ImageFile[] {
  const roots = [...namedPaths(metadata), ...paths].map((path) => posix.join("/", path));
  const isAtRoot = roots.includes("/");
  return tree.select([...roots.filter((path) => path !== "/"), ...(isAtRoot ? filesAtRoot(tree) : [])]);
}

function filesAtRoot(tree: ImageTree): readonly string[] {
  return [...tree.list("/")].flatMap(([name, kind]) => (kind === "file" ? [`/${name}`] : []));
}
