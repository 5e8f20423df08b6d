import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runProgram } from "@tooling/provision";
import type { Wine } from "./find-wine.ts";

/** Made once per checkout and kept: it takes seconds and some 700 MiB. Git and packages know nothing of it. */
const folder: string = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "wine");
const marker = join(folder, "ready");
const bootMs = 180_000;

/** A Windows of our own: `C:` and a registry. Disposing ends everything that runs in it and lets the next one in. */
export interface WinePrefix extends AsyncDisposable {
  readonly wine: string;
  /** The whole environment of a program that is to run in it. */
  readonly env: Readonly<Record<string, string>>;
}

/** Opens the prefix, making it when there is none, after whoever else uses it: ending its programs would end theirs. */
export async function openPrefix({ wine, wineserver }: Wine & { available: true }): Promise<WinePrefix> {
  const release = await lock();
  const env = environment();
  const end = async (): Promise<void> => {
    await runProgram({ argv: [wineserver, "-k"], env, timeoutMs: bootMs }).catch(() => undefined);
    await runProgram({ argv: [wineserver, "-w"], env, timeoutMs: bootMs });
  };
  const dispose = async (): Promise<void> => {
    try {
      await end();
    } finally {
      await release();
    }
  };
  try {
    // A run that was killed may have left its programs behind.
    await end();
    await boot(wine, env, end);
    return { wine, env, [Symbol.asyncDispose]: dispose };
  } catch (reason) {
    await dispose();
    throw reason;
  }
}

function environment(): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    LANG: "C.UTF-8",
    HOME: join(folder, "home"),
    WINEPREFIX: join(folder, "prefix"),
    WINEDEBUG: "-all",
    // No menus on the desktop, and no questions about runtimes for .NET and HTML.
    WINEDLLOVERRIDES: "winemenubuilder.exe=d;mscoree=;mshtml=",
    NODE_SKIP_PLATFORM_CHECK: "1",
  };
}

async function boot(wine: string, env: Readonly<Record<string, string>>, end: () => Promise<void>): Promise<void> {
  if ((await readFile(marker, "utf8").catch(() => "")) === wine) return;
  await rm(join(folder, "prefix"), { recursive: true, force: true });
  await mkdir(join(folder, "home"), { recursive: true });
  const output = { stdout: join(folder, "boot.out"), stderr: join(folder, "boot.err") };
  const code = await runProgram({ argv: [wine, "wineboot", "--init"], env, output, timeoutMs: bootMs });
  if (code !== 0) throw new Error(`wineboot ended with ${code}: ${await readFile(output.stderr, "utf8")}`);
  // Ending the server writes the registry: only then is the prefix complete.
  await end();
  await writeFile(marker, wine);
}

/** The kernel drops this lock when we end, however we end: the holder's input is ours. */
async function lock(): Promise<() => Promise<void>> {
  await mkdir(dirname(marker), { recursive: true });
  const script = "echo held && exec cat";
  const holder = spawn("flock", [join(folder, "lock"), "sh", "-c", script], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = once(holder, "close");
  const held = await Promise.race([once(holder.stdout, "data").then(() => true), gone.then(() => false)]);
  if (!held) throw new Error("the lock of the Wine prefix could not be had");
  return async () => {
    holder.stdin.end();
    await gone;
  };
}
