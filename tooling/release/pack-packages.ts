import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runPnpm } from "./run-pnpm.ts";

export interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

/**
 * Packs the public packages of a workspace as they would be published, all or those of these names.
 * @throws Error for a package that was not built.
 */
export function packPackages(workspace: string, destination: string, names?: readonly string[]): Tarball[] {
  mkdirSync(destination, { recursive: true });
  const folders = readdirSync(join(workspace, "packages")).map((name) => join(workspace, "packages", name));
  return folders
    .filter((folder) => existsSync(join(folder, "package.json")))
    .flatMap((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      if (manifest.private === true || names?.includes(manifest.name) === false) return [];
      if (!existsSync(join(folder, "dist"))) throw new Error(`pack ${manifest.name}: it was not built`);
      const before = new Set(readdirSync(destination));
      runPnpm(["pack", "--pack-destination", destination], { cwd: folder });
      const file = readdirSync(destination).find((name) => !before.has(name));
      if (file === undefined) throw new Error(`pack ${manifest.name}: no tarball appeared`);
      return [{ name: manifest.name, version: manifest.version, path: join(destination, file) }];
    });
}
