import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createFreshClone, type FreshClone } from "./fresh-clone.ts";

const program = "packages/cli/dist/bin.js";

beforeEach(({ skip }) => skip(process.platform === "win32", "the npx of this test is a shell script"));

async function cloneWith(source: string): Promise<FreshClone> {
  const clone = await createFreshClone({ [program]: source });
  onTestFinished(() => clone[Symbol.asyncDispose]());
  return clone;
}

test("the first command installs from the lockfile and builds, and only the first", async () => {
  const clone = await cloneWith('console.log("it ran");');
  const first = await clone.run("bowsprit", []);
  const second = await clone.run("bowsprit", []);
  expect(await clone.asked()).toEqual([
    expect.stringMatching(/^-y pnpm@[\d.]+ install --frozen-lockfile$/),
    expect.stringMatching(/^-y pnpm@[\d.]+ exec turbo run build /),
  ]);
  expect(first).toMatchObject({ code: 0, stdout: Buffer.from("it ran\n") });
  expect(first.stderr).toContain("installing");
  expect(second).toEqual({ code: 0, stdout: Buffer.from("it ran\n"), stderr: "" });
});

test("another lockfile is installed, and a changed source is built", async () => {
  const clone = await cloneWith("");
  await clone.run("bowsprit", []);
  await writeFile(join(clone.folder, "pnpm-lock.yaml"), "another\n");
  await clone.run("bowsprit", []);
  expect(await clone.asked()).toHaveLength(3);
  await mkdir(join(clone.folder, "packages/cli/src"));
  await writeFile(join(clone.folder, "packages/cli/src/new.ts"), "");
  await clone.run("bowsprit", []);
  expect((await clone.asked()).slice(3)).toEqual([expect.stringContaining("turbo run build")]);
});

test("a step that fails ends the command with a message, and the next command tries again", async () => {
  const clone = await cloneWith("");
  await writeFile(join(clone.folder, "bin/npx"), "#!/bin/sh\nexit 7\n");
  for (const _ of ["first", "second"]) {
    const { code, stderr } = await clone.run("bowsprit", []);
    expect(code).toBe(1);
    expect(stderr).toMatch(/error: run npx -y pnpm@\S+ install --frozen-lockfile: exit 7/);
  }
});

test("the command gets its arguments, its folder, its input byte for byte, and Node 24", async () => {
  const clone = await cloneWith(`
    process.stderr.write(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), node: process.versions.node.split(".")[0] }));
    process.stdin.pipe(process.stdout);`);
  await clone.run("bowsprit", []);
  const cwd = join(clone.folder, "packages");
  const input = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256);
  const { stdout, stderr } = await clone.run("bowsprit", ["a b", "--json", "", "*"], { cwd, input });
  expect(JSON.parse(stderr)).toEqual({ args: ["a b", "--json", "", "*"], cwd: await realpath(cwd), node: "24" });
  expect(stdout.equals(input)).toBe(true);
});

test("the command's exit code is the exit code", async () => {
  const clone = await cloneWith("process.exit(22);");
  expect((await clone.run("bowsprit", [])).code).toBe(22);
});

test("a signal reaches the command, which ends in its own way", async () => {
  const clone = await cloneWith(`
    process.on("SIGTERM", () => { console.log("stopped"); process.exit(3); });
    console.log("ready");
    setInterval(() => {}, 1000);`);
  const { code, stdout } = await clone.run("bowsprit", [], { onOutput: (child) => child.kill("SIGTERM") });
  expect({ code, stdout: stdout.toString() }).toEqual({ code: 3, stdout: "ready\nstopped\n" });
});

test("a command that a signal ended answers with 128 and the signal's number", async () => {
  const clone = await cloneWith('console.log("ready"); setInterval(() => {}, 1000);');
  const { code } = await clone.run("bowsprit", [], { onOutput: (child) => child.kill("SIGINT") });
  expect(code).toBe(130);
});

test("the demo's exit code is the exit code", async () => {
  const clone = await createFreshClone({
    [program]: "",
    "apps/demo/main.ts": "const code: number = 5;\nprocess.exit(code);\n",
  });
  onTestFinished(() => clone[Symbol.asyncDispose]());
  expect((await clone.run("demo", [])).code).toBe(5);
});
