import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const canInstall = process.platform === "linux" && process.arch === "x64";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bowsprit-provision-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Runs provision.ts where nothing but the test's own programs can be found. */
function provision(env: Readonly<Record<string, string>>): { status: number | null; stderr: string } {
  const script = join(import.meta.dirname, "..", "provision.ts");
  const { status, stderr } = spawnSync(process.execPath, [script], { env: { PATH: folder, ...env }, encoding: "utf8" });
  return { status, stderr };
}

test("without Wine it says what is skipped and the command that would enable it, and is content", () => {
  const { status, stderr } = provision({});
  expect(status).toBe(0);
  expect(stderr).toMatch(/^windows: suites skipped: .+; to enable them: .+\n$/u);
});

test("in CI the same is a failure", () => {
  expect(provision({ CI: "true" })).toMatchObject({ status: 1, stderr: expect.stringContaining("suites skipped") });
});

test("BOWSPRIT_NO_PROVISION keeps it from installing anything", async ({ skip }) => {
  skip(!canInstall, "Wine is installed on Linux on x64 alone");
  const trap = join(folder, "apt-get");
  await writeFile(trap, `#!/bin/sh\necho "apt-get $*" >&2\nexit 1\n`, { mode: 0o755 });
  const { stderr } = provision({ BOWSPRIT_NO_PROVISION: "1" });
  expect(stderr).toBe(
    "windows: suites skipped: Wine is not installed, and BOWSPRIT_NO_PROVISION is set; " +
      "to enable them: sudo apt-get install -y --no-install-recommends wine64 wine\n",
  );
});

test("as root it announces the installation, looks for newer lists when that fails, and names what is left to do", async ({
  skip,
}) => {
  skip(!canInstall, "Wine is installed on Linux on x64 alone");
  skip(process.getuid?.() !== 0, "needs root, who alone installs");
  const trap = join(folder, "apt-get");
  await writeFile(trap, `#!/bin/sh\necho "apt-get $*" >&2\n[ "$4" = update ]\n`, { mode: 0o755 });
  const { status, stderr } = provision({});
  expect(status).toBe(0);
  expect(stderr.split("\n").map((line) => line.replace(/ -o \S+ /u, " "))).toEqual([
    expect.stringMatching(/^windows: installing wine64 and wine by apt-get .*BOWSPRIT_NO_PROVISION=1 prevents it$/u),
    "apt-get -qq install -y --no-install-recommends wine64 wine",
    "apt-get -qq update",
    "apt-get -qq install -y --no-install-recommends wine64 wine",
    expect.stringMatching(/^windows: suites skipped: apt-get ended with 1; to enable them: sudo apt-get install /u),
    "",
  ]);
});
