import { type ChildProcess, spawn } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../..");

export interface Ended {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: Uint8Array;
  /** Called with the first output of the program, when there is somebody to signal. */
  readonly onOutput?: (child: ChildProcess) => void;
}

/**
 * A small workspace with the real newcomer scripts, a program of the test's choice in the place of the command line, and an `npx` that
 * only records what it was asked for: what `npx` would bring from the network is already there.
 */
export interface FreshClone extends AsyncDisposable {
  readonly folder: string;
  /** What the scripts asked `npx` for, one call a line. */
  asked(): Promise<readonly string[]>;
  run(script: "bowsprit" | "demo", args: readonly string[], options?: RunOptions): Promise<Ended>;
}

/** Makes one; `files` are written into it. Disposing it removes the folder. */
export async function createFreshClone(files: Readonly<Record<string, string>>): Promise<FreshClone> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-clone-"));
  const record = join(folder, "asked.txt");
  await cp(join(root, "tooling/newcomer"), join(folder, "tooling/newcomer"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  await cp(join(root, "package.json"), join(folder, "package.json"));
  const all = {
    "pnpm-lock.yaml": "lock\n",
    "bin/npx": `#!/bin/sh\nprintf '%s\\n' "$*" >> '${record}'\necho progress\n`,
    "asked.txt": "",
    "packages/cli/package.json": "{}",
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  await chmod(join(folder, "bin/npx"), 0o755);
  await mkdir(join(folder, "node_modules"));
  await symlink(join(root, "node_modules/node"), join(folder, "node_modules/node"));
  return {
    folder,
    asked: async () =>
      (await readFile(record, "utf8"))
        .trim()
        .split("\n")
        .filter((line) => line !== ""),
    run: (script, args, options = {}) =>
      run(folder, [join(folder, `tooling/newcomer/${script}.mjs`), ...args], options),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function run(folder: string, argv: readonly string[], options: RunOptions): Promise<Ended> {
  const cwd = options.cwd ?? folder;
  const env = { PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`, INIT_CWD: cwd };
  // A group of its own: whatever a broken script leaves running is ended with it, and the streams close.
  const child = spawn(process.execPath, argv, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"], detached: true });
  child.once("exit", () => endGroup(child));
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stdout.once("data", () => options.onOutput?.(child));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(options.input ?? "");
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, stdout: Buffer.concat(stdout), stderr };
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing was left.
  }
}
