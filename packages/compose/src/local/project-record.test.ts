import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createProjectRecordFile, type ProjectRecord } from "./project-record.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "record-"));
});
afterEach(() => rm(folder, { recursive: true }));

const record: ProjectRecord = {
  owner: "me",
  host: { pid: 10, started: "a" },
  services: [{ name: "web", state: "running", pid: 20, started: null, restarts: 0 }],
};

test("a record comes back as it was written, for the owner's eyes only, and leaves nothing beside it", async () => {
  const file = createProjectRecordFile(join(folder, "run/x.json"));
  expect(file.read()).toBeUndefined();
  file.write(record);
  expect(file.read()).toEqual(record);
  expect(await readdir(join(folder, "run"))).toEqual(["x.json"]);
  expect((await stat(join(folder, "run/x.json"))).mode & 0o777).toBe(0o600);
  file.remove();
  file.remove();
  expect(file.read()).toBeUndefined();
});

test.each([
  ["half of one", (text: string) => text.slice(0, -5)],
  ["nothing", () => ""],
  ["the id of all processes", (text: string) => text.replace('"pid":20', '"pid":-1')],
  ["the id of our own group", (text: string) => text.replace('"pid":20', '"pid":0')],
  ["a text for an id", (text: string) => text.replace('"pid":20', '"pid":"20"')],
  ["an unknown state", (text: string) => text.replace("running", "flying")],
])("a file with %s is no record", async (...[, spoil]) => {
  const path = join(folder, "x.json");
  const file = createProjectRecordFile(path);
  file.write(record);
  await writeFile(path, spoil(await readFile(path, "utf8")));
  expect(file.read()).toBeUndefined();
});

test("a folder that cannot be made is told", async () => {
  await writeFile(join(folder, "file"), "");
  const file = createProjectRecordFile(join(folder, "file/run/x.json"));
  expect(() => file.write(record)).toThrow(expect.objectContaining({ code: "HOME_UNUSABLE" }));
});
