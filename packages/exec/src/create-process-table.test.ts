import { once } from "node:events";
import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { createProcessTable } from "./create-process-table.ts";

const table = createProcessTable();

test("knows itself, always as the same", () => {
  expect(table.self()).toEqual(table.find(process.pid));
  expect(table.isAlive(table.self())).toBe(true);
});

test("tells a process from another of the same id", () => {
  expect(table.isAlive({ pid: process.pid, started: "another start" })).toBe(process.platform !== "linux");
  expect(table.isAlive({ pid: process.pid, started: null })).toBe(true);
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 40])("has no process %d", (pid) => {
  expect(table.find(pid)).toBeUndefined();
  expect(table.isAlive({ pid, started: null })).toBe(false);
});

test("takes a process that ended for dead, also while nobody has collected it", async () => {
  // The shell becomes `sleep`, which never collects the child that the shell had.
  const parent = spawn("/bin/sh", ["-c", "true & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "ignore"] });
  const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
  const zombie = Number(chunk.toString());
  await expect.poll(() => table.find(zombie)).toBeUndefined();
  const identity = table.find(parent.pid ?? 0);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  expect(identity && table.isAlive(identity)).toBe(false);
});
