import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(async ({ skip }) => {
  skip(process.platform !== "linux" || process.getuid?.() !== 0, "needs root on Linux, who alone installs");
  folder = await mkdtemp(join(tmpdir(), "bowsprit-provide-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Two suites: `one` needs the program `alpha`, `two` needs `beta`; each program is the package of its name. */
const suites = join(import.meta.dirname, "two-suites.ts");

/** Runs them where nothing can be found but an apt-get of the test's own. */
async function provide(apt: string, env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  await writeFile(join(folder, "apt-get"), `#!/bin/sh\nshift 3\necho "apt-get $*" >&2\n${apt}\n`, { mode: 0o755 });
  const options = { env: { PATH: folder, ...env }, encoding: "utf8" } as const;
  const { status, stderr, stdout } = spawnSync(process.execPath, [suites], options);
  return [...stderr.split("\n"), ...stdout.split("\n"), `exit ${status}`].filter((line) => line !== "");
}

const install = "apt-get install -y --no-install-recommends";
/** What apt-get does when it installs a package: its PATH is the test's folder. */
const program = (name: string): string => `printf '' > "$PATH/${name}"; /bin/chmod +x "$PATH/${name}"`;

test("no package starts a service while it is installed", async () => {
  const policy = existsSync("/usr/sbin/policy-rc.d");
  const apt = `[ -x /usr/sbin/policy-rc.d ] || exit 9; ${program("alpha")}; ${program("beta")}`;
  expect((await provide(apt)).at(-1)).toBe("exit 0");
  expect(existsSync("/usr/sbin/policy-rc.d")).toBe(policy);
});

test("what several suites miss comes by one installation, and then each is prepared", async () => {
  const apt = `case "$*" in *alpha*beta*) ${program("alpha")}; ${program("beta")};; *) exit 9;; esac`;
  expect(await provide(apt)).toEqual([
    "one, two: installing alpha and beta by apt-get for suite one and suite two; BOWSPRIT_NO_PROVISION=1 prevents it",
    `${install} alpha beta`,
    "one is prepared",
    "two is prepared",
    "exit 0",
  ]);
});

test("a package that the system does not have keeps nothing of another suite away", async () => {
  const apt = `case "$*" in *beta*) exit 100;; *install*alpha*) ${program("alpha")};; esac`;
  const lines = await provide(apt);
  expect(lines.filter((line) => !line.includes("installing"))).toEqual([
    `${install} alpha beta`,
    "apt-get update",
    `${install} alpha beta`,
    `${install} alpha`,
    `${install} beta`,
    "apt-get update",
    `${install} beta`,
    "two: suites skipped: apt-get ended with 100; to enable them: sudo apt-get install -y --no-install-recommends beta",
    "one is prepared",
    "exit 0",
  ]);
});

test("an installation that brings no program is not taken for one that did", async () => {
  const lines = await provide("exit 0");
  expect(lines.slice(2)).toEqual([
    expect.stringMatching(/^one: suites skipped: alpha is missing; to enable them: sudo apt-get .* alpha$/u),
    expect.stringMatching(/^two: suites skipped: beta is missing; to enable them: sudo apt-get .* beta$/u),
    "exit 0",
  ]);
});

test("what cannot run fails in CI, each suite with its own reason", async () => {
  const lines = await provide("exit 0", { BOWSPRIT_NO_PROVISION: "1", CI: "true" });
  expect(lines).toEqual([
    expect.stringMatching(/^one: suites skipped: alpha is missing, and BOWSPRIT_NO_PROVISION is set; /u),
    expect.stringMatching(/^two: suites skipped: beta is missing, and BOWSPRIT_NO_PROVISION is set; /u),
    "exit 1",
  ]);
});
