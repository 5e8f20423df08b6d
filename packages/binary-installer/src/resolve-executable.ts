import { posix } from "node:path";
import { BowspritError, ErrorCode, type Platform } from "@bowsprit/core";
import type { InstalledExecutable } from "./adopt-executables.ts";

/** What Windows tries behind a name, in its order. */
const windowsExtensions = [".com", ".exe", ".bat", ".cmd"];

/**
 * Finds an installed executable by its base name. The extension may be left out, as real pages do (`send-payload` for
 * `send-payload.sh`); a name in full goes before one without. Windows does not tell upper case from lower.
 * @throws BowspritError `EXECUTABLE_NOT_FOUND`, also for a name with a separator: only what the extension brought can be called.
 */
export function resolveExecutable(
  installed: readonly InstalledExecutable[],
  name: string,
  { os }: Pick<Platform, "os">,
): InstalledExecutable {
  const fold = (text: string): string => (os === "windows" ? text.toLowerCase() : text);
  const wanted = fold(name);
  const found =
    installed.find((executable) => fold(executable.name) === wanted) ??
    installed.filter((executable) => fold(posix.parse(executable.name).name) === wanted).toSorted(byExtension)[0];
  if (found !== undefined && !/[/\\]/u.test(name)) return found;
  throw new BowspritError(
    ErrorCode.ExecutableNotFound,
    `find the executable ${JSON.stringify(name)}: the extension brings none of that name`,
    {
      details: { name, available: installed.map((executable) => executable.name) },
      hint: `It brings: ${installed.map((executable) => executable.name).join(", ") || "none for this platform"}.`,
    },
  );
}

function byExtension(a: InstalledExecutable, b: InstalledExecutable): number {
  const rank = ({ name }: InstalledExecutable): number => {
    const at = windowsExtensions.indexOf(posix.extname(name).toLowerCase());
    return at === -1 ? windowsExtensions.length : at;
  };
  return rank(a) - rank(b);
}
