import { resolve } from "node:path";
import envPaths from "env-paths";

/**
 * The home of an environment: `BOWSPRIT_HOME`, else the operating system's place for a program's data
 * (`~/.local/share/bowsprit` on Linux).
 */
export function defaultHome(environment: Readonly<Record<string, string | undefined>>): string {
  const chosen = environment["BOWSPRIT_HOME"];
  return chosen === undefined || chosen === "" ? envPaths("bowsprit", { suffix: "" }).data : resolve(chosen);
}
