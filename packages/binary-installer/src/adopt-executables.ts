import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { BowspritError, ErrorCode, type Platform } from "@bowsprit/core";
import { judgeExecutableHead } from "@bowsprit/exec";
import type { ExecutableChoice } from "./choose-executables.ts";
import { copyExecutable } from "./copy-executable.ts";
import { type FileKind, kindOf } from "./kind-of.ts";

/** A host executable in its place. */
export interface InstalledExecutable {
  /** The base name by which it is called. */
  readonly name: string;
  /** Relative to the host folder, with `/`. */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface AdoptOptions {
  readonly choices: readonly ExecutableChoice[];
  /** The folder with the extension's files, ours alone: it holds regular files and folders and nothing else. */
  readonly root: string;
  /** The host folder, which exists and is empty. */
  readonly target: string;
  /** The platform they will run on, to warn of those that cannot. */
  readonly platform: Platform;
}

export interface Adoption {
  readonly binaries: readonly InstalledExecutable[];
  /** Files that this platform cannot run, in words; they are adopted all the same, since real extensions list such. */
  readonly warnings: readonly string[];
}

interface Found extends ExecutableChoice {
  readonly kind: FileKind;
}

/**
 * Copies the chosen files into the host folder under their base names, so that what stood together stands together, and folders whole;
 * a listed file inside a listed folder stays in it. Listed files get mode 0700, others keep their executable bit.
 * @throws BowspritError `METADATA_INVALID` for a path that is not there, and for two different ones with the same base name.
 */
export async function adoptExecutables({ choices, root, target, platform }: AdoptOptions): Promise<Adoption> {
  const found = await Promise.all(choices.map(async (choice) => ({ ...choice, kind: await kindAt(root, choice) })));
  const folders = found.filter(({ kind }) => kind === "folder");
  const outermost = found.filter(({ path }) => !folders.some((folder) => path.startsWith(`${folder.path}/`)));
  refuseDuplicates(outermost);
  for (const folder of outermost.filter(({ kind }) => kind === "folder"))
    await copyFolder(join(root, folder.path), join(target, folder.name));

  const binaries: InstalledExecutable[] = [];
  const warnings: string[] = [];
  for (const file of found.filter(({ kind }) => kind === "file")) {
    const path = placeOf(file, folders);
    const { sha256, head } = await copyExecutable(join(root, file.path), join(target, path), {
      executable: true,
      replace: path !== file.name,
    });
    const fault = judgeExecutableHead(head, platform);
    if (fault !== undefined) warnings.push(`${file.path} cannot be run here: ${fault.why}`);
    if (!binaries.some(({ name }) => name === file.name)) binaries.push({ name: file.name, path, sha256 });
  }
  return { binaries, warnings };
}

async function kindAt(root: string, { path }: ExecutableChoice): Promise<FileKind> {
  const kind = await kindOf(join(root, path));
  if (kind !== undefined) return kind;
  throw new BowspritError(
    ErrorCode.MetadataInvalid,
    `read metadata.json: host.binaries lists ${path}, which is not there`,
    {
      details: { path },
      hint: "Add the file to the extension, or take its path out of metadata.json.",
    },
  );
}

function refuseDuplicates(found: readonly Found[]): void {
  for (const [index, { name, path }] of found.entries()) {
    const twin = found.slice(0, index).find((earlier) => earlier.name.toLowerCase() === name.toLowerCase());
    if (twin === undefined) continue;
    throw new BowspritError(
      ErrorCode.MetadataInvalid,
      `read metadata.json: host.binaries lists ${twin.path} and ${path}, of the same base name`,
      {
        details: { path },
        hint: "Executables are called by their base name: give each its own.",
      },
    );
  }
}

/** Where a listed file lies: by its base name, or inside the outermost listed folder that holds it. */
function placeOf(file: Found, folders: readonly Found[]): string {
  const holders = folders.filter((folder) => file.path.startsWith(`${folder.path}/`));
  const outer = holders.toSorted((a, b) => a.path.length - b.path.length)[0];
  return outer === undefined ? file.name : posix.join(outer.name, file.path.slice(outer.path.length + 1));
}

async function copyFolder(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await copyExecutable(path, join(to, path.slice(from.length + 1)), { executable: false, replace: false });
  }
}
