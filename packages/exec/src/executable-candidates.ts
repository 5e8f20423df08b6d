import { posix, win32 } from "node:path";
import type { OperatingSystem } from "@bowsprit/core";
import type { FindOptions } from "./find-executable.ts";

const windowsEndings: ReadonlySet<string> = new Set([".COM", ".EXE", ".BAT", ".CMD"]);

/** The absolute paths at which a program may be, in the order in which they count; pure. */
export function executableCandidates(
  name: string,
  { path = "", cwd, os, pathExt }: FindOptions & { readonly os: OperatingSystem },
): readonly string[] {
  const windows = os === "windows";
  const { isAbsolute, join, resolve, delimiter } = windows ? win32 : posix;
  if (name === "" || name.includes("\0")) return [];
  const names = windows ? withEndings(name, pathExt) : [name];
  if (isAbsolute(name)) return names;
  if (windows ? /[/\\:]/u.test(name) : name.includes("/")) {
    return cwd === undefined || !isAbsolute(cwd) ? [] : names.map((file) => resolve(cwd, file));
  }
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.flatMap((folder) => names.map((file) => join(folder, file)));
}

function withEndings(name: string, pathExt = ".COM;.EXE;.BAT;.CMD"): readonly string[] {
  const endings = pathExt.split(";").filter((ending) => windowsEndings.has(ending.toUpperCase()));
  const hasEnding = windowsEndings.has(win32.extname(name).toUpperCase());
  return hasEnding ? [name] : endings.map((ending) => `${name}${ending.toLowerCase()}`);
}
