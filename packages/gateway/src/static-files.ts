import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { unreadable } from "./unreadable.ts";

/** A folder of files that do not change while it is served. */
export interface StaticFiles {
  readonly folder: string;
  /** Relative, with `/`. */
  readonly paths: ReadonlySet<string>;
  /** Changes with what is in them. */
  readonly version: string;
}

/**
 * Lists a folder, once: only what was there then is served. It is small, so it is read whole.
 * @throws BowspritError `SOURCE_NOT_FOUND`.
 */
export async function listStaticFiles(url: URL): Promise<StaticFiles> {
  const folder = fileURLToPath(url);
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
    const hash = createHash("sha256");
    for (const path of paths.toSorted()) hash.update(path).update(await readFile(join(folder, path)));
    return { folder, paths: new Set(paths), version: hash.digest("hex").slice(0, 16) };
  } catch (error) {
    throw unreadable(folder, error);
  }
}
