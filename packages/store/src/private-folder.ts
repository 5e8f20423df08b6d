import { chmod, lstat, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { hasErrno, homeError } from "./home-error.ts";

/**
 * Makes sure that there is a folder of exactly this mode, whatever the umask; its parent must exist. A link in its place is refused.
 * @throws BowspritError `HOME_UNUSABLE`.
 */
export async function ensureFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode }).catch((error: unknown) => {
      if (!hasErrno(error, "EEXIST")) throw error;
    });
    const found = await lstat(path);
    if (!found.isDirectory()) {
      throw new BowspritError(ErrorCode.HomeUnusable, `create folder ${path}: something else has that name`, {
        hint: `Remove ${path} or choose another home with --home.`,
      });
    }
    if ((found.mode & 0o777) !== mode) await chmod(path, mode);
  } catch (error) {
    throw homeError(error, `create folder ${path}`);
  }
}

/**
 * Creates a home that is not there, readable by its owner alone; one that is keeps its mode.
 * @throws BowspritError `HOME_UNUSABLE`.
 */
export async function ensureHome(home: string): Promise<void> {
  try {
    await makeFolders(home);
  } catch (error) {
    throw homeError(error, `create home ${home}`);
  }
}

// Node's own recursive mkdir never ends below a file system that answers "no such file" to every new name, such as /proc.
async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (hasErrno(error, "EEXIST")) return;
    if (!hasErrno(error, "ENOENT") || dirname(folder) === folder) throw error;
    await makeFolders(dirname(folder));
    await mkdir(folder, { mode: 0o700 });
  }
}
