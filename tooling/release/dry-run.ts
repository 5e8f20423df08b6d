import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyWorkspace } from "./copy-workspace.ts";
import { packPackages } from "./pack-packages.ts";
import { run } from "./run.ts";
import { runPnpm } from "./run-pnpm.ts";
import { tryTarball } from "./try-tarball.ts";

// Rehearses a release in a temporary copy: version, build, pack, install each tarball alone, import and start what it exports.
const workspace = join(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "bowsprit-release-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => process.exit(1));

const copy = join(scratch, "workspace");
copyWorkspace(workspace, copy);
run(process.execPath, [join(workspace, "node_modules/@changesets/cli/bin.js"), "version"], { cwd: copy });
// After the versions: a program may carry its own in what is built.
runPnpm(["exec", "turbo", "run", "build", "--output-logs=errors-only", "--ui=stream"], { cwd: copy });

const tarballs = packPackages(copy, join(scratch, "tarballs"));
for (const tarball of tarballs) {
  const folder = join(scratch, "install", tarball.name);
  mkdirSync(folder, { recursive: true });
  console.log(`ok  ${tarball.name} ${tarball.version}: ${tryTarball(tarball, tarballs, folder)}`);
}
