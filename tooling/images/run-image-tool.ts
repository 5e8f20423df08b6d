import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@tooling/provision";
import { findImageTool, type ImageTool } from "./find-image-tool.ts";

const timeoutMs = 120_000;

/**
 * Runs a tool to its end, without any settings of this computer or its user, and gives what it printed.
 * @throws Error with what it complained of when it is missing or fails.
 */
export async function runImageTool(name: ImageTool, args: readonly string[]): Promise<string> {
  const found = await findImageTool(name);
  if (!found.available) throw new Error(found.reason);
  const home = await mkdtemp(join(tmpdir(), "bowsprit-image-tool-"));
  try {
    const output = { stdout: join(home, "stdout"), stderr: join(home, "stderr") };
    const env = { PATH: process.env["PATH"] ?? "", HOME: home, TMPDIR: home, XDG_RUNTIME_DIR: home };
    const code = await runProgram({ argv: [found.program, ...args], env, output, timeoutMs });
    if (code === 0) return await readFile(output.stdout, "utf8");
    throw new Error(`${name} ended with ${code}: ${await readFile(output.stderr, "utf8")}`);
  } finally {
    await rm(home, { recursive: true });
  }
}
