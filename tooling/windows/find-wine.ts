import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Whether Windows programs can run here; if not, why, and the one command that would change it. */
export type Wine =
  | { readonly available: true; readonly wine: string; readonly wineserver: string }
  | { readonly available: false; readonly reason: string; readonly enable: string };

/** The Debian and Ubuntu packages that bring it. */
export const winePackages: readonly string[] = ["wine64", "wine"];

/** Looks for Wine in PATH; installs nothing. */
export async function findWine(): Promise<Wine> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    const reason = `the Windows suites run under Wine on Linux x64, this is ${process.platform} ${process.arch}`;
    return { available: false, reason, enable: "run the tests on Linux x64" };
  }
  const [wine, wineserver] = await Promise.all([findProgram("wine"), findProgram("wineserver")]);
  if (wine !== undefined && wineserver !== undefined) return { available: true, wine, wineserver };
  return {
    available: false,
    reason: "Wine is not installed",
    enable: `sudo apt-get install -y --no-install-recommends ${winePackages.join(" ")}`,
  };
}

/** The first executable file of that name in PATH. */
export async function findProgram(name: string): Promise<string | undefined> {
  const places = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder.startsWith("/"));
  for (const folder of places) {
    const path = join(folder, name);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return undefined;
}
