import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { extensions, mayImport, npmName } from "../law.ts";
import type { LawCase } from "./law-case.ts";

const root = join(import.meta.dirname, "../../..");

/** The rules that fired, by file. */
export type Findings = ReadonlyMap<string, readonly string[]>;

/** Runs the workspace's real lint configuration over a temporary workspace that holds the cases, and leaves nothing of it behind. */
export async function lintCases(cases: readonly LawCase[]): Promise<Findings> {
  const workspace = await mkdtemp(join(tmpdir(), "bowsprit-law-"));
  try {
    await cp(join(root, "oxlint.config.ts"), join(workspace, "oxlint.config.ts"));
    for (const shared of ["tooling", "node_modules"]) await symlink(join(root, shared), join(workspace, shared));
    for (const [file, content] of scaffold()) await write(join(workspace, file), content);
    for (const { file, source } of cases) await write(join(workspace, file), source);
    return lint(workspace);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

function scaffold(): [string, string][] {
  const manifest = (folder: string): string =>
    JSON.stringify({
      name: npmName(folder),
      devDependencies: folder === "transport" ? { "@bowsprit/exec": "workspace:*" } : {},
    });
  return [
    ["tsconfig.json", JSON.stringify({ compilerOptions: { strict: true, module: "nodenext", types: [] } })],
    ...Object.keys(mayImport).map((folder): [string, string] => [`packages/${folder}/package.json`, manifest(folder)]),
    ...[...extensions, "demo"].map((folder): [string, string] => [`apps/${folder}/package.json`, "{}"]),
  ];
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function lint(workspace: string): Findings {
  const findings = new Map<string, string[]>();
  for (const { filename, code } of diagnostics(workspace))
    findings.set(filename, [...(findings.get(filename) ?? []), code]);
  return findings;
}

function diagnostics(workspace: string): readonly { readonly filename: string; readonly code: string }[] {
  try {
    const args = ["--type-aware", "--format=json", "packages", "apps"];
    execFileSync(join(root, "node_modules/.bin/oxlint"), args, { cwd: workspace, stdio: "pipe", maxBuffer: 64 << 20 });
  } catch (reason) {
    const { stdout } = reason as { readonly stdout: Buffer };
    return (JSON.parse(stdout.toString()) as { diagnostics: { filename: string; code: string }[] }).diagnostics;
  }
  throw new Error("the linter found nothing at all");
}
