import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(async ({ skip }) => {
  skip(process.platform !== "linux", "the registry suites run on Linux");
  folder = await mkdtemp(join(tmpdir(), "bowsprit-provision-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs provision.ts where only the programs of the test's choice can be found, and nothing may be installed. */
async function provision(programs: readonly string[], env = {}): Promise<{ status: number | null; stderr: string }> {
  for (const name of programs) await writeFile(join(folder, name), "#!/bin/sh\n", { mode: 0o755 });
  const script = join(import.meta.dirname, "..", "provision.ts");
  const options = { env: { PATH: folder, BOWSPRIT_NO_PROVISION: "1", ...env }, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync(process.execPath, [script], options);
  return { status, stderr };
}

test("without a registry it says so and names the one command that brings what is missing, and is content", async () => {
  expect(await provision([])).toEqual({
    status: 0,
    stderr:
      "registry: suites skipped: docker-registry is not installed, and BOWSPRIT_NO_PROVISION is set; " +
      "to enable them: sudo apt-get install -y --no-install-recommends docker-registry openssl\n",
  });
});

test("what is missing is a failure in CI, and what is there is not asked for", async () => {
  const { status, stderr } = await provision(["docker-registry"], { CI: "true" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/: OpenSSL is not installed, and .*--no-install-recommends openssl\n$/u);
});

test("with both it says nothing", async () => {
  expect(await provision(["docker-registry", "openssl"], { CI: "true" })).toEqual({ status: 0, stderr: "" });
});
