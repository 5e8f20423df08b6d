import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

interface Manifest {
  readonly devEngines: { readonly packageManager: { readonly version: string } };
}

/** Runs the workspace's own pnpm, which a machine need not have. */
export function runPnpm(args: readonly string[], options: { readonly cwd: string }): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as Manifest;
  return run("npx", ["-y", `pnpm@${manifest.devEngines.packageManager.version}`, ...args], options);
}
