import { readFile } from "node:fs/promises";
import { findProgram } from "./find-program.ts";
import { holdServices } from "./hold-services.ts";
import { runProgram } from "./run-program.ts";

/** Two browsers are some 200 MB, and a mirror may be slow. */
const installMs = 1_200_000;

/** Installs Debian packages. */
export interface Apt {
  /** Undefined when all of them are there, else why not. Looks for newer lists of packages when the first try fails. */
  install(packages: readonly string[]): Promise<string | undefined>;
}

/** The command with which a person would install the packages. */
export function aptCommand(packages: readonly string[]): string {
  return `sudo apt-get ${installation(packages).join(" ")}`;
}

/** The apt-get of this computer, for root on Debian, Ubuntu and what is made of them; everywhere else undefined. */
export async function openApt(): Promise<Apt | undefined> {
  const program = await findProgram("apt-get");
  if (process.getuid?.() !== 0 || program === undefined || !(await isDebian())) return undefined;
  return {
    install: async (packages) => {
      await using _held = await holdServices();
      const first = await run(program, installation(packages));
      if (first === undefined || (await run(program, ["update"])) !== undefined) return first;
      return await run(program, installation(packages));
    },
  };
}

function installation(packages: readonly string[]): readonly string[] {
  return ["install", "-y", "--no-install-recommends", ...packages];
}

async function isDebian(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^(?:ID|ID_LIKE)=.*\b(?:debian|ubuntu)\b/mu.test(release);
}

async function run(program: string, args: readonly string[]): Promise<string | undefined> {
  // Another apt-get may be at work; waiting for it is better than failing because of it.
  const options = ["-qq", "-o", "DPkg::Lock::Timeout=300"];
  return runProgram({ argv: [program, ...options, ...args], env: environment(), timeoutMs: installMs }).then(
    (code) => (code === 0 ? undefined : `apt-get ended with ${code}`),
    (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
  );
}

function environment(): Record<string, string> {
  const given = Object.entries(process.env).filter(([name]) => /^(?:PATH|HOME|LANG|.*_proxy)$/iu.test(name));
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, value ?? ""])),
    DEBIAN_FRONTEND: "noninteractive",
  };
}
