import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { doors, extensions, mayImport, npmName } from "../law.ts";
import { readMembers } from "../read-members.ts";

const root = join(import.meta.dirname, "../../..");
const members = readMembers(root);
const folders = (kind: "package" | "app"): string[] =>
  members.filter((member) => member.kind === kind).map(({ folder }) => folder);

describe.each(folders("package"))("packages/%s", (folder) => {
  const manifest = readManifest(`packages/${folder}`);
  const dependencies = Object.keys({
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  });

  test("has its place in the law and its own name", () => {
    expect(Object.keys(mayImport)).toContain(folder);
    expect(manifest.name).toBe(npmName(folder));
  });

  test("depends only on the packages that are drawn", () => {
    const drawn = ["core", ...(mayImport[folder] ?? [])].map(npmName);
    expect(dependencies.filter((name) => ours(name) && !drawn.includes(name))).toEqual([]);
  });

  test("depends on no door that is another's", () => {
    expect(dependencies.filter((name) => doors[name] !== undefined && !doors[name].includes(folder))).toEqual([]);
  });
});

test("the apps that are extensions are the ones with a metadata.json", () => {
  expect(folders("app").filter((folder) => existsSync(join(root, "apps", folder, "metadata.json")))).toEqual(
    extensions,
  );
});

test("an extension depends on nothing of ours", () => {
  const names = extensions.flatMap((folder) => Object.keys(readManifest(`apps/${folder}`).dependencies ?? {}));
  expect(names.filter(ours)).toEqual([]);
});

test("no file or folder has a name that says nothing", () => {
  const empty = /^(utils?|helpers?|common|misc|types|shared)$/i;
  const offenders = trackedFiles().filter((file) => {
    const parts = dirname(file).split("/");
    return [...parts, basename(file).replace(/\..*$/, "")].some((part) => empty.test(part));
  });
  expect(offenders).toEqual([]);
});

test("the lockfile knows no other node-ipc than 14.0.0", () => {
  const lock = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
  const versions = [...lock.matchAll(/(?:^|[\s'"/])node-ipc@([^\s:'"()]+)/gm)].map(([, version]) => version);
  expect(versions.filter((version) => version !== "14.0.0")).toEqual([]);
});

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
}

function ours(name: string): boolean {
  return name.startsWith("@bowsprit/") || Object.keys(mayImport).some((folder) => npmName(folder) === name);
}

/** What git has or would add: everything that is not ignored. */
function trackedFiles(): string[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return list.split("\n").filter((file) => file !== "");
}
