import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogLine } from "@bowsprit/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLogReader } from "./log-reader.ts";
import { createLogWriter } from "./log-writer.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-"));
});
afterEach(() => rm(folder, { recursive: true }));

const line = (text: string, service = "web", time = "2026-01-01T00:00:00.000Z"): LogLine => ({
  service,
  stream: "stdout",
  time,
  text,
});
const texts = async (reader = createLogReader(folder, undefined)) => (await reader.read()).map(({ text }) => text);

test("what was written is read, once, by a reader that stays", async () => {
  const writer = createLogWriter({ folder, service: "web", maxBytes: 10_000 });
  const reader = createLogReader(folder, undefined);
  expect(await texts(reader)).toEqual([]);
  await writer.append([line("one\n\u0000 ☃"), line("")]);
  expect(await texts(reader)).toEqual(["one\n\u0000 ☃", ""]);
  expect(await texts(reader)).toEqual([]);
  await writer.append([line("two")]);
  expect(await texts(reader)).toEqual(["two"]);
  await writer.close();
});

test("two files of the given size are kept, and a reader goes on over the change", async () => {
  const writer = createLogWriter({ folder, service: "web", maxBytes: 1000 });
  const reader = createLogReader(folder, "web");
  const read: string[] = [];
  for (let i = 0; i < 100; i += 1) {
    await writer.append([line(String(i))]);
    read.push(...(await texts(reader)));
  }
  await writer.close();
  expect(read).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
  const files = await readdir(folder);
  expect(files).toHaveLength(2);
  for (const file of files) expect((await stat(join(folder, file))).size).toBeLessThanOrEqual(1000);
  expect((await texts()).at(-1)).toBe("99");
});

test("a writer of a later life goes on where the last one ended", async () => {
  for (const text of ["one", "two"]) {
    const writer = createLogWriter({ folder, service: "web", maxBytes: 1000 });
    await writer.append([line(text)]);
    await writer.close();
  }
  expect(await texts()).toEqual(["one", "two"]);
  expect(await readdir(folder)).toHaveLength(1);
});

test("lines of several services come in order of time, and can be chosen by service", async () => {
  const web = createLogWriter({ folder, service: "web", maxBytes: 1000 });
  const dotted = createLogWriter({ folder, service: "web.1", maxBytes: 1000 });
  await web.append([line("1", "web", "2026-01-01T00:00:01.000Z"), line("3", "web", "2026-01-01T00:00:03.000Z")]);
  await dotted.append([line("2", "web.1", "2026-01-01T00:00:02.000Z")]);
  await Promise.all([web.close(), dotted.close()]);
  expect(await texts()).toEqual(["1", "2", "3"]);
  expect(await texts(createLogReader(folder, "web"))).toEqual(["1", "3"]);
  expect(await texts(createLogReader(folder, "web.1"))).toEqual(["2"]);
});

test("torn and foreign lines are passed over", async () => {
  await writeFile(join(folder, "web.1.jsonl"), `${JSON.stringify(line("one"))}\n{"service":\n[1]\n{"text":`);
  await writeFile(join(folder, "notes.txt"), "x");
  expect(await texts()).toEqual(["one"]);
});

test("a disk that refuses costs the lines, not the writer", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const writer = createLogWriter({ folder: join(file, "impossible"), service: "web", maxBytes: 1000 });
  await expect(writer.append([line("lost")])).resolves.toBeUndefined();
  await expect(writer.close()).resolves.toBeUndefined();
});
