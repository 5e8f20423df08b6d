import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
let parent = "";

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "bowsprit-run-"));
});

afterAll(() => rm(parent, { recursive: true }));

interface Run {
  readonly files: Readonly<Record<string, string>>;
  readonly ci?: boolean;
  readonly args?: readonly string[];
}

/** Runs the runner over a folder of tests and answers with its exit code and its last two lines. */
async function run({
  files,
  ci = false,
  args = [],
}: Run): Promise<{ readonly code: number | null; readonly last: readonly string[] }> {
  const folder = await mkdtemp(join(parent, "run-"));
  // Its own folder of modules: runs at the same time must not share a cache.
  await mkdir(join(folder, "node_modules"));
  await symlink(join(root, "node_modules/vitest"), join(folder, "node_modules/vitest"), "junction");
  for (const [name, body] of Object.entries(files)) {
    await writeFile(join(folder, `${name}.test.ts`), `import { expect, test } from "vitest";\n${body}\n`);
  }
  // Nothing inherited: the variables of the run around this one would steer it.
  const env = { PATH: process.env["PATH"], HOME: folder, ...(ci ? { CI: "true" } : {}) };
  const child = spawn(process.execPath, [join(root, "tooling/test/main.ts"), ...args], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, last: output.trimEnd().split("\n").slice(-2) };
}

const passes = 'test("a", () => {});';
const skips = 'test("b", (context) => { context.skip("no such engine"); });';

describe.concurrent("the runner", { timeout: 30_000 }, () => {
  test("closes a run that passes with its counts and exits with 0", async () => {
    const { code, last } = await run({ files: { it: `${passes}\ntest("b", () => {});` } });
    expect({ code, line: last.at(-1) }).toEqual({ code: 0, line: "2 passed, 0 failed" });
  });

  test("counts what fails inside and outside of tests", async () => {
    const files = {
      assertion: `${passes}\ntest("b", () => { expect(1).toBe(2); });`,
      broken: 'throw new Error("this file cannot be run");',
      rejection: 'test("c", () => { void Promise.reject(new Error("nobody handles it")); });',
    };
    const { code, last } = await run({ files });
    expect({ code, line: last.at(-1) }).toEqual({ code: 1, line: "2 passed, 3 failed" });
  });

  test("says the reason of a skip, and does not fail the run of a person", async () => {
    const { code, last } = await run({ files: { it: `${passes}\n${skips}` } });
    expect({ code, last }).toEqual({
      code: 0,
      last: ["skipped: it.test.ts > b: no such engine", "1 passed, 0 failed, 1 skipped"],
    });
  });

  test("fails a run in CI for a skip", async () => {
    const { code, last } = await run({ files: { it: `${passes}\n${skips}` }, ci: true });
    expect({ code, line: last.at(-1) }).toEqual({ code: 1, line: "1 passed, 0 failed, 1 skipped" });
  });

  test("passes a run in CI that was told to allow skips", async () => {
    expect((await run({ files: { it: `${passes}\n${skips}` }, ci: true, args: ["--allow-skips"] })).code).toBe(0);
  });

  test("fails a run in which nothing was tested", async () => {
    expect((await run({ files: { it: passes }, args: ["no-such-file"] })).code).toBe(1);
  });
});
