import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createProcessTable, endProcessGroup, startProcess } from "../src/index.ts";
import { createWorkshop, type Workshop } from "./workshop.ts";

const table = createProcessTable();
let workshop: Workshop;
beforeEach(async () => {
  workshop = await createWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const shell = (text: string) =>
  startProcess({ cwd: workshop.folder, env: { PATH: "/usr/bin:/bin" }, argv: ["/bin/sh", "-c", text] });
const identify = (pid: number) => {
  const identity = table.find(pid);
  if (identity === undefined) throw new Error("it has ended already");
  return identity;
};

test("ends a process and its group", async () => {
  await using running = await shell("sleep 30 & echo $! > child; wait");
  const child = await workshop.pidIn("child");
  await endProcessGroup(identify(running.pid), { table });
  expect(await running.exited).toEqual({ code: null, signal: "SIGTERM" });
  expect(workshop.isAlive(child)).toBe(false);
});

test.each(["grace", "signal"])("sends SIGKILL to what ignores SIGTERM when the %s ends", async (kind) => {
  await using running = await shell("trap '' TERM; echo $$ > self; while :; do sleep 0.05; done");
  await workshop.pidIn("self");
  const options = kind === "grace" ? { graceMs: 100 } : { graceMs: 60_000, signal: AbortSignal.timeout(100) };
  await endProcessGroup(identify(running.pid), { table, ...options });
  expect(await running.exited).toEqual({ code: null, signal: "SIGKILL" });
});

test("leaves a later process of the same id alone", async () => {
  await using running = await shell("exec sleep 30");
  await endProcessGroup({ pid: running.pid, started: "another boot/1" }, { table, graceMs: 50 });
  expect(workshop.isAlive(running.pid)).toBe(true);
});

test("leaves a process alone whose identity cannot be told, by its record or by the table", async () => {
  await using running = await shell("exec sleep 30");
  await endProcessGroup({ pid: running.pid, started: null }, { table, graceMs: 50 });
  const blind = { ...table, find: (pid: number) => ({ pid, started: null }) };
  await endProcessGroup(identify(running.pid), { table: blind, graceMs: 50 });
  expect(workshop.isAlive(running.pid)).toBe(true);
});

test("ends the group of a leader that has died", async () => {
  await using running = await shell(`sleep 30 & echo $! > ${join(workshop.folder, "child")}; read line`);
  const child = await workshop.pidIn("child");
  const identity = { pid: running.pid, started: "known" };
  await running.ended;
  await endProcessGroup(identity, { table });
  await expect.poll(() => workshop.isAlive(child)).toBe(false);
});

test.each([0, 1, -5, 2 ** 40])("does nothing for the id %d", async (pid) => {
  await expect(endProcessGroup({ pid, started: null }, { table })).resolves.toBeUndefined();
});
