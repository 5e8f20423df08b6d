import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Member } from "./import-overrides.ts";

/** Reads the folders under `packages` and `apps` of a workspace, with what their tests declare. */
export function readMembers(workspace: string): Member[] {
  return (["package", "app"] as const).flatMap((kind) => {
    const parent = join(workspace, `${kind}s`);
    const folders = existsSync(parent) ? readdirSync(parent).sort() : [];
    return folders
      .filter((folder) => existsSync(join(parent, folder, "package.json")))
      .map((folder) => ({ kind, folder, testDependencies: testDependencies(join(parent, folder, "package.json")) }));
  });
}

function testDependencies(manifest: string): string[] {
  const content = JSON.parse(readFileSync(manifest, "utf8")) as { readonly devDependencies?: Record<string, string> };
  return Object.keys(content.devDependencies ?? {});
}
