import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

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

/** Packs every public package of a workspace as it would be published. @throws Error for a package that was not built. */
export function packPackages(workspace: string, destination: string): Tarball[] {
  mkdirSync(destination, { recursive: true });
  const folders = readdirSync(join(workspace, "packages")).map((name) => join(workspace, "packages", name));
  return folders
    .filter((folder) => existsSync(join(folder, "package.json")))
    .flatMap((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      if (manifest.private === true) return [];
      if (!existsSync(join(folder, "dist"))) throw new Error(`pack ${manifest.name}: it was not built`);
      const before = new Set(readdirSync(destination));
      run("pnpm", ["pack", "--pack-destination", destination], { cwd: folder });
      const file = readdirSync(destination).find((name) => !before.has(name));
      if (file === undefined) throw new Error(`pack ${manifest.name}: no tarball appeared`);
      return [{ name: manifest.name, version: manifest.version, path: join(destination, file) }];
    });
}
