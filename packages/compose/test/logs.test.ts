import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createWorkshop, logTexts, node, project, saveScript, untilStatus, up, type Workshop } from "./workshop.ts";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await createWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const completed = () => untilStatus(workshop.runtime, ({ state }) => state === "completed");

test("each line is kept with its service, stream and time, after the processes are gone", async () => {
  const { runtime, shell, plan } = workshop;
  const before = new Date().toISOString();
  await up(runtime, plan(shell("a", "echo out ☃; echo err >&2; printf 'no end'")));
  await completed();
  const lines = await Array.fromAsync(workshop.fresh().logs(project));
  const byText = lines.toSorted((a, b) => a.text.localeCompare(b.text));
  expect(byText.map(({ service, stream, text }) => [service, stream, text])).toEqual([
    ["a", "stderr", "err"],
    ["a", "stdout", "no end"],
    ["a", "stdout", "out ☃"],
  ]);
  for (const { time } of lines) expect(time >= before && time <= new Date().toISOString()).toBe(true);
});

test("tail, since and service choose", async () => {
  const { runtime, shell, plan } = workshop;
  await up(runtime, plan(shell("a", "for i in 1 2 3; do echo $i; done"), shell("b", "echo b")));
  await untilStatus(runtime, ({ name, state }) => name === "a" && state === "completed");
  await untilStatus(runtime, ({ name, state }) => name === "b" && state === "completed");
  expect(await logTexts(runtime, { service: "a" })).toEqual(["1", "2", "3"]);
  expect(await logTexts(runtime, { service: "a", tail: 2 })).toEqual(["2", "3"]);
  expect(await logTexts(runtime, { tail: 0 })).toEqual([]);
  expect(await logTexts(runtime, { since: new Date(Date.now() + 60_000) })).toEqual([]);
  expect(await logTexts(runtime, { since: new Date(0) })).toHaveLength(4);
  expect(await logTexts(runtime, { service: "none" })).toEqual([]);
});

test("a follower gets what comes, also after restarts, until the project goes down", async () => {
  const { runtime, shell, plan } = workshop;
  await up(runtime, plan(shell("a", "echo life; exit 1"), shell("b", "exec sleep 60")));
  const texts: string[] = [];
  let down: Promise<void> | undefined;
  for await (const { text } of workshop.fresh().logs(project, { follow: true })) {
    texts.push(text);
    if (texts.length === 4) down = runtime.down(project);
  }
  await down;
  expect(new Set(texts)).toEqual(new Set(["life"]));
  expect(texts.length).toBeGreaterThanOrEqual(4);
});

test("a follower ends when its signal fires, though nothing comes", async () => {
  const { runtime, shell, plan } = workshop;
  await up(runtime, plan(shell("a", "echo only; exec sleep 60")));
  const controller = new AbortController();
  const texts: string[] = [];
  for await (const { text } of runtime.logs(project, { follow: true, signal: controller.signal })) {
    texts.push(text);
    controller.abort();
  }
  expect(texts).toEqual(["only"]);
});

test("a follower of a project that is down ends with what is kept", async () => {
  expect(await logTexts(workshop.runtime, { follow: true })).toEqual([]);
  await up(workshop.runtime, workshop.plan(workshop.shell("a", "echo kept")));
  await completed();
  await workshop.runtime.down(project);
  expect(await logTexts(workshop.runtime, { follow: true })).toEqual(["kept"]);
});

test("a flood is kept to two files of the given size, its end included", async () => {
  const runtime = workshop.fresh({ logFileBytes: 100_000 });
  const script = await saveScript(
    workshop.folder,
    "flood.mjs",
    "for (let i = 0; i < 40000; i++) console.log('line ' + i);",
  );
  await up(runtime, workshop.plan({ name: "a", command: [node, script], env: {}, cwd: workshop.folder }));
  await untilStatus(runtime, ({ state }) => state === "completed");
  const files = await readdir(join(workshop.folder, "logs", project));
  expect(files).toHaveLength(2);
  for (const file of files)
    expect((await stat(join(workshop.folder, "logs", project, file))).size).toBeLessThan(170_000);
  expect((await logTexts(runtime)).at(-1)).toBe("line 39999");
});
