import { aptCommand, findProgram, type Lack } from "@tooling/provision";

/** Whether Windows programs can run here; if not, why, and the one command that would change it. */
export type Wine =
  | { readonly available: true; readonly wine: string; readonly wineserver: string }
  | ({ readonly available: false } & Lack);

const packages = ["wine64", "wine"];

/** Looks for Wine in PATH; installs nothing. */
export async function findWine(): Promise<Wine> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    const reason = `the Windows suites run under Wine on Linux x64, this is ${process.platform} ${process.arch}`;
    return { available: false, reason, enable: "run the tests on Linux x64", packages: [] };
  }
  const [wine, wineserver] = await Promise.all([findProgram("wine"), findProgram("wineserver")]);
  if (wine !== undefined && wineserver !== undefined) return { available: true, wine, wineserver };
  return { available: false, reason: "Wine is not installed", enable: aptCommand(packages), packages };
}
