import { posix } from "node:path";
import type { Metadata, Platform } from "@bowsprit/core";

/** A path of the image that belongs to the host side of an extension. */
export interface ExecutableChoice {
  /** The base name: by it the file or folder lies in the host folder, and by it a page calls it. */
  readonly name: string;
  /** In the image, relative, with `/`, without one at the end. */
  readonly path: string;
}

/**
 * The host executables of a platform, in the order of `metadata.json`, each path once; none where the extension has nothing for it.
 * There is no key for processors: an image is of one (docker/docs, multi-arch extensions).
 */
export function chooseExecutables({ host }: Metadata, { os }: Platform): readonly ExecutableChoice[] {
  const paths = (host?.binaries ?? []).flatMap((binary) => binary[os]).map((path) => path.replace(/\/+$/u, ""));
  return [...new Set(paths)].map((path) => ({ name: posix.basename(path), path }));
}
