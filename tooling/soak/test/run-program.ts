import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Break } from "./break-client.ts";

export interface ProgramRun {
  readonly code: number | null;
  readonly output: string;
  /** What it left behind, as paths below its folder for temporary files. */
  readonly left: readonly string[];
}

/** Why the program cannot run here, or undefined. */
export function whyNot(): string | undefined {
  if (process.platform === "win32") return "needs Unix domain sockets";
  return Number(process.versions.node.split(".")[0]) < 24
    ? "needs Node 24, which runs the sources as they are"
    : undefined;
}

/** Runs the program to its end, in a folder of its own for temporary files; with a break the client is not what its sources say. */
export async function runProgram(args: readonly string[], broken?: Break): Promise<ProgramRun> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-soak-test-"));
  try {
    const hook = broken === undefined ? [] : ["--import", join(import.meta.dirname, "break-client.ts")];
    const child = spawn(process.execPath, [...hook, join(import.meta.dirname, "../main.ts"), ...args], {
      env: { PATH: process.env["PATH"], TMPDIR: folder, ...(broken && { SOAK_BREAK: JSON.stringify(broken) }) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const closed = once(child, "close");
    const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await closed;
    return {
      code: child.exitCode,
      output: output + complaints,
      left: (await readdir(folder, { recursive: true })).toSorted(),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
