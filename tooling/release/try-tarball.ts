import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tarball } from "./pack-packages.ts";
import { run } from "./run.ts";

interface Manifest {
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

/**
 * Installs one tarball with npm into an empty folder, its dependencies of ours from the other tarballs, then imports each of its entry
 * points and asks each of its programs for its version. Answers with what was tried.
 * @throws Error when anything of that fails, or when an entry point exports nothing.
 */
export function tryTarball(tarball: Tarball, all: readonly Tarball[], folder: string): string {
  const ours = Object.fromEntries(all.map(({ name, path }) => [name, `file:${path}`]));
  const consumer = {
    private: true,
    type: "module",
    dependencies: { [tarball.name]: `file:${tarball.path}` },
    overrides: ours,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(consumer));
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], { cwd: folder });
  const manifest = JSON.parse(
    readFileSync(join(folder, "node_modules", tarball.name, "package.json"), "utf8"),
  ) as Manifest;
  const entries = Object.entries(manifest.exports ?? {}).filter(([, target]) => target.endsWith(".js"));
  const tried = [
    ...entries.map(([subpath]) => tryEntry(join(tarball.name, subpath), folder)),
    ...Object.keys(manifest.bin ?? {}).map((program) => tryProgram(program, tarball.version, folder)),
  ];
  if (tried.length === 0) throw new Error(`try ${tarball.name}: it has neither an entry point nor a program`);
  return tried.join(", ");
}

function tryEntry(specifier: string, folder: string): string {
  const source = `const names = Object.keys(await import(${JSON.stringify(specifier)}));\nconsole.log(names.length);\n`;
  const count = Number(run(process.execPath, ["--input-type=module"], { cwd: folder, input: source }));
  if (!(count > 0)) throw new Error(`import ${specifier}: it exports nothing`);
  return `${specifier} imported (${count} names)`;
}

function tryProgram(program: string, version: string, folder: string): string {
  const output = run(join(folder, "node_modules/.bin", program), ["--version"], { cwd: folder });
  if (!output.includes(version))
    throw new Error(`start ${program} --version: it printed ${JSON.stringify(output)}, not ${version}`);
  return `${program} --version started`;
}
