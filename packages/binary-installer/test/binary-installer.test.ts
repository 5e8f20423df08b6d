import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Metadata, Platform } from "@bowsprit/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  adoptExecutables,
  type Adoption,
  chooseExecutables,
  createExecutableRunner,
  resolveExecutable,
} from "../src/index.ts";

const linux: Platform = { os: "linux", arch: "x64" };
let folder = "";
let root = "";
let target = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bowsprit-binaries-"));
  root = join(folder, "root");
  target = join(folder, "host");
  await mkdir(root);
  await mkdir(target);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function metadataOf(...paths: readonly string[]): Metadata {
  return { host: { binaries: [{ linux: paths, darwin: [], windows: ["tool.exe"] }] } };
}

async function adopt(files: Readonly<Record<string, string>>, ...paths: readonly string[]): Promise<Adoption> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content, { mode: 0o600 });
  }
  const choices = chooseExecutables(metadataOf(...paths), linux);
  return adoptExecutables({ choices, root, target, platform: linux });
}

const script = '#!/bin/sh\nprintf "%s\\n" "$@"\n';

describe("choosing", () => {
  it("takes the platform's own paths, each once, and none where there are none", () => {
    const metadata = metadataOf("a/tool", "b/", "a/tool");
    expect(chooseExecutables(metadata, linux)).toEqual([
      { name: "tool", path: "a/tool" },
      { name: "b", path: "b" },
    ]);
    expect(chooseExecutables(metadata, { os: "darwin", arch: "arm64" })).toEqual([]);
    expect(chooseExecutables({}, linux)).toEqual([]);
  });
});

describe("adopting", () => {
  it("puts files from different folders beside each other, runnable, with their digests", async () => {
    const { binaries, warnings } = await adopt(
      { "unix/run.sh": script, "conf/run.properties": "#!x" },
      "unix/run.sh",
      "conf/run.properties",
    );
    expect(binaries.map(({ name, path }) => [name, path])).toEqual([
      ["run.sh", "run.sh"],
      ["run.properties", "run.properties"],
    ]);
    expect(warnings).toEqual([]);
    expect((await stat(join(target, "run.sh"))).mode & 0o777).toBe(0o700);
    expect(binaries[0]?.sha256).toMatch(/^[0-9a-f]{64}$/u);
  });

  it("keeps listed folders whole, and a listed file inside one where it is", async () => {
    const files = { "app/bin/tool": script, "app/lib/__init__.py": "#!a", "app/lib/sub/__init__.py": "#!b" };
    const { binaries } = await adopt(files, "app", "app/bin/tool", "app/lib/__init__.py", "app/lib/sub/__init__.py");
    expect((await readdir(target, { recursive: true })).toSorted()).toEqual([
      "app",
      "app/bin",
      "app/bin/tool",
      "app/lib",
      "app/lib/__init__.py",
      "app/lib/sub",
      "app/lib/sub/__init__.py",
    ]);
    expect(binaries.map(({ name, path }) => [name, path])).toEqual([
      ["tool", "app/bin/tool"],
      ["__init__.py", "app/lib/__init__.py"],
    ]);
    expect(await readFile(join(target, "app/lib/sub/__init__.py"), "utf8")).toBe("#!b");
  });

  it("adopts a program of another system with a warning, as real extensions list such", async () => {
    const { binaries, warnings } = await adopt({ "windows/okteto": "MZ\u0000\u0000" }, "windows/okteto");
    expect(binaries).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining("Windows")]);
  });

  it("refuses a path that is not there, and two files of one base name", async () => {
    await expect(adopt({}, "missing/tool")).rejects.toMatchObject({
      code: "METADATA_INVALID",
      details: { path: "missing/tool" },
    });
    await expect(adopt({ "a/Tool": script, "b/tool": script }, "a/Tool", "b/tool")).rejects.toMatchObject({
      code: "METADATA_INVALID",
    });
  });
});

describe("resolving", () => {
  const of = (...names: readonly string[]) => names.map((name) => ({ name, path: name, sha256: "" }));

  it("finds by base name, the extension being optional, the full name first", () => {
    expect(resolveExecutable(of("send-payload.sh", "send-payload"), "send-payload", linux).name).toBe("send-payload");
    expect(resolveExecutable(of("x.txt", "send-payload.sh"), "send-payload", linux).name).toBe("send-payload.sh");
    expect(resolveExecutable(of("run.bat", "Run.EXE"), "RUN", { os: "windows" }).name).toBe("Run.EXE");
  });

  it.each(["../run.sh", "/bin/sh", "a/run.sh", "..\\run.sh", "", ".", "nothing"])(
    "finds nothing for %j and says what there is",
    (name) => {
      expect(() => resolveExecutable(of("run.sh"), name, linux)).toThrow(
        expect.objectContaining({ code: "EXECUTABLE_NOT_FOUND", hint: expect.stringContaining("run.sh") }),
      );
    },
  );
});

describe("running", () => {
  beforeEach(({ skip }) => skip(process.platform === "win32", "the executables of these tests are shell scripts"));

  const start = async (adoption: Adoption, runner = createExecutableRunner()) =>
    runner.start({
      executable: resolveExecutable(adoption.binaries, "run", linux),
      folder: target,
      args: ["two words", "$(id)"],
      cwd: target,
      env: { PATH: "/usr/bin:/bin" },
    });

  it("passes arguments verbatim", async () => {
    const child = await start(await adopt({ "run.sh": script }, "run.sh"));
    expect(Buffer.concat(await Array.fromAsync(child.stdout)).toString()).toBe("two words\n$(id)\n");
    expect(await child.exited).toEqual({ code: 0, signal: null });
  });

  it("refuses a file that was changed, also after it has run unchanged, and one that is gone", async () => {
    const adoption = await adopt({ "run.sh": script }, "run.sh");
    const runner = createExecutableRunner();
    const child = await start(adoption, runner);
    await Promise.all([Array.fromAsync(child.stdout), Array.fromAsync(child.stderr), child.exited]);
    await writeFile(join(target, "run.sh"), script.replace("printf", "echo #"));
    await expect(start(adoption, runner)).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
    await rm(join(target, "run.sh"));
    await expect(start(adoption, runner)).rejects.toMatchObject({ code: "EXECUTABLE_NOT_FOUND" });
  });

  it("says why a script without an interpreter line cannot be run", async () => {
    const adoption = await adopt({ "run.sh": "echo no line\n" }, "run.sh");
    await chmod(join(target, "run.sh"), 0o700);
    await expect(start(adoption)).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_RUNNABLE",
      hint: expect.stringContaining("#!"),
    });
  });
});
