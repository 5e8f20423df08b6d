import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyExecutable } from "./copy-executable.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bowsprit-copy-"));
});
afterEach(() => rm(folder, { recursive: true }));

it.each(["missing", "link", "file/below"])("blames the metadata for %s", async (name) => {
  await writeFile(join(folder, "file"), "");
  await symlink("file", join(folder, "link"));
  const copying = copyExecutable(join(folder, name), join(folder, "copy"), { executable: true, replace: false });
  await expect(copying).rejects.toMatchObject({ code: "METADATA_INVALID" });
});
