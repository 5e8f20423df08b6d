import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** The first executable file in PATH that has one of these names; an earlier name is preferred to an earlier folder. */
export async function findProgram(...names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      const runs = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (runs) return path;
    }
  }
  return undefined;
}
