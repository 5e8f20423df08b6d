import { cpSync, existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

/** Copies what git has or would add into a repository of its own, with the installed dependencies: a release leaves its marks only there. */
export function copyWorkspace(workspace: string, copy: string): void {
  const files = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: workspace }).split(
    "\0",
  );
  for (const file of files) {
    if (file !== "" && existsSync(join(workspace, file))) cpSync(join(workspace, file), join(copy, file));
  }
  for (const folder of [".", ...foldersIn(copy, "packages"), ...foldersIn(copy, "tooling")]) {
    const installed = join(workspace, folder, "node_modules");
    if (existsSync(installed)) symlinkSync(installed, join(copy, folder, "node_modules"));
  }
  run("git", ["init", "--quiet", "--initial-branch=main"], { cwd: copy });
  run("git", ["add", "--all"], { cwd: copy });
  const author = [
    "-c",
    "user.name=rehearsal",
    "-c",
    "user.email=rehearsal@localhost",
    "-c",
    "core.hooksPath=/dev/null",
  ];
  run("git", [...author, "commit", "--quiet", "--message=Rehearse a release"], { cwd: copy });
}

function foldersIn(workspace: string, parent: string): string[] {
  return readdirSync(join(workspace, parent)).map((name) => join(parent, name));
}
