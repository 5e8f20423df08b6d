import { readFile } from "node:fs/promises";
import { findProgram, findWine, type Wine, winePackages } from "./find-wine.ts";
import { runProgram } from "./run-program.ts";

const installMs = 600_000;

/**
 * Finds Wine and, where it is missing, installs it: only as root on Debian or Ubuntu, saying so, and never when `BOWSPRIT_NO_PROVISION`
 * is set. Everywhere else the answer names the command that a person would have to run.
 */
export async function ensureWine(): Promise<Wine> {
  const found = await findWine();
  if (found.available || process.platform !== "linux" || process.arch !== "x64") return found;
  if ((process.env["BOWSPRIT_NO_PROVISION"] ?? "") !== "") {
    return { ...found, reason: `${found.reason}, and BOWSPRIT_NO_PROVISION is set` };
  }
  const apt = await findProgram("apt-get");
  if (process.getuid?.() !== 0 || apt === undefined || !(await isDebian())) return found;
  const install = ["install", "-y", "--no-install-recommends", ...winePackages] as const;
  say(
    `installing ${winePackages.join(" and ")} by apt-get for the Windows suites; BOWSPRIT_NO_PROVISION=1 prevents it`,
  );
  let code = await runApt(apt, install);
  if (code !== 0 && (await runApt(apt, ["update"])) === 0) code = await runApt(apt, install);
  return code === 0 ? findWine() : { ...found, reason: `apt-get ended with ${code}` };
}

async function isDebian(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^(?:ID|ID_LIKE)=.*\b(?:debian|ubuntu)\b/mu.test(release);
}

async function runApt(apt: string, args: readonly string[]): Promise<number> {
  // Another apt-get may be at work; waiting for it is better than failing because of it.
  const argv = [apt, "-qq", "-o", "DPkg::Lock::Timeout=300", ...args] as const;
  return runProgram({ argv: [argv[0], ...argv.slice(1)], env: aptEnvironment(), timeoutMs: installMs });
}

function aptEnvironment(): Record<string, string> {
  const given = Object.entries(process.env).filter(([name]) => /^(?:PATH|HOME|LANG|.*_proxy)$/iu.test(name));
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, value ?? ""])),
    DEBIAN_FRONTEND: "noninteractive",
  };
}

function say(text: string): void {
  process.stderr.write(`windows: ${text}\n`);
}
