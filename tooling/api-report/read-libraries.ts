import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One entry point whose exports are public. */
export interface Library {
  readonly folder: string;
  /** The package's built declarations for this entry point. */
  readonly declarations: string;
  /** Where its report is, inside `etc` of its package: named after the folder, and after the subpath if it is one. */
  readonly report: string;
}

interface Manifest {
  readonly private?: boolean;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, string>> };
}

/** Finds every entry point that a published package of the workspace exports; programs and data files have none. */
export function readLibraries(workspace: string): Library[] {
  const packages = join(workspace, "packages");
  return readdirSync(packages)
    .sort()
    .filter((name) => existsSync(join(packages, name, "package.json")))
    .flatMap((name) => entriesOf(join(packages, name), name));
}

function entriesOf(folder: string, name: string): Library[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  if (manifest.private === true) return [];
  return Object.entries(manifest.publishConfig?.exports ?? {})
    .filter(([, target]) => target.endsWith(".js"))
    .map(([subpath, target]) => ({
      folder,
      declarations: join(folder, target.replace(/\.js$/, ".d.ts")),
      report: `${[name, ...subpath.split("/").slice(1)].join("-")}.api.md`,
    }));
}
