import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findExecutable } from "./find-executable.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "find-")));
  await mkdir(join(folder, "a/tool"), { recursive: true });
  await mkdir(join(folder, "b"));
  await mkdir(join(folder, "c"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("findExecutable", () => {
  const path = (): string => `${folder}/a:${folder}/b:${folder}/c`;

  test("passes over folders and files that may not be executed", async () => {
    await writeFile(join(folder, "b/tool"), "", { mode: 0o644 });
    await writeFile(join(folder, "c/tool"), "", { mode: 0o755 });
    expect(await findExecutable("tool", { path: path() })).toBe(join(folder, "c/tool"));
  });

  test("resolves a name with a separator against the working folder", async () => {
    await writeFile(join(folder, "c/tool"), "", { mode: 0o755 });
    expect(await findExecutable("c/tool", { path: "", cwd: folder })).toBe(join(folder, "c/tool"));
    expect(await findExecutable(join(folder, "c/tool"), { path: undefined })).toBe(join(folder, "c/tool"));
  });

  test("says when all there is may not be executed", async () => {
    await writeFile(join(folder, "b/tool"), "", { mode: 0o644 });
    await expect(findExecutable("tool", { path: path() })).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_RUNNABLE",
      hint: `Make it executable: chmod +x ${folder}/b/tool`,
    });
  });

  test("says what is missing, with a hint", async () => {
    await expect(findExecutable("tool", { path: path() })).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_FOUND",
      message: 'find "tool": no folder of PATH has it',
      hint: expect.stringContaining("PATH"),
    });
    await expect(findExecutable("./tool", { path: path(), cwd: folder })).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_FOUND",
      message: 'find "./tool": no such file',
    });
  });
});
