import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startProcess } from "../src/index.ts";
import { createWorkshop, textOf, type Workshop } from "./workshop.ts";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await createWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const shell = (text: string, options: { signal?: AbortSignal; graceMs?: number; output?: "pipe" | "inherit" } = {}) =>
  startProcess({ cwd: workshop.folder, env: { PATH: "/usr/bin:/bin" }, argv: ["/bin/sh", "-c", text], ...options });

const family = "sleep 30 & echo $! > child; echo $$ > self; wait";
const stubborn =
  "trap '' TERM; (trap '' TERM; echo $$ > self; while :; do sleep 0.05; done) & echo $! > child; while :; do sleep 0.05; done";

describe("the end of a process", () => {
  test("disposing ends it with everything it started", async () => {
    const running = await shell(family);
    const pids = [await workshop.pidIn("self"), await workshop.pidIn("child")];
    await running[Symbol.asyncDispose]();
    expect(pids.map((pid) => workshop.isAlive(pid))).toEqual([false, false]);
    expect(await running.exited).toEqual({ code: null, signal: "SIGTERM" });
  });

  test("what ignores SIGTERM gets SIGKILL after the grace, its children, too", async () => {
    const running = await shell(stubborn, { graceMs: 150 });
    const pids = [await workshop.pidIn("self"), await workshop.pidIn("child")];
    const before = performance.now();
    await running[Symbol.asyncDispose]();
    expect(performance.now() - before).toBeGreaterThan(140);
    expect(pids.map((pid) => workshop.isAlive(pid))).toEqual([false, false]);
    expect(await running.exited).toEqual({ code: null, signal: "SIGKILL" });
  });

  test("the grace is used: a process may tidy up", async () => {
    const running = await shell("trap 'echo tidied; exit 0' TERM; echo up; while :; do sleep 0.02; done");
    const reader = running.stdout[Symbol.asyncIterator]();
    await reader.next();
    await running[Symbol.asyncDispose]();
    const { value } = await reader.next();
    expect(Buffer.from(value ?? []).toString()).toBe("tidied\n");
    expect(await running.exited).toEqual({ code: 0, signal: null });
  });

  test("a child that outlives it keeps `exited` open, and disposing ends the child", async () => {
    const running = await shell("sleep 30 & echo $! > child; exit 7");
    const child = await workshop.pidIn("child");
    expect(await running.ended).toEqual({ code: 7, signal: null });
    expect(workshop.isAlive(child)).toBe(true);
    await running[Symbol.asyncDispose]();
    expect(workshop.isAlive(child)).toBe(false);
    expect(await running.exited).toEqual({ code: 7, signal: null });
  });

  test("disposing does not wait for a daemon that left the group with the output in its hands", async () => {
    const running = await shell("setsid sleep 30 & echo $! > child; exec sleep 30");
    const daemon = await workshop.pidIn("child");
    await expect.poll(() => workshop.isAlive(daemon)).toBe(true);
    running.kill("SIGTERM");
    await running[Symbol.asyncDispose]();
    await running.exited;
    process.kill(daemon, "SIGKILL");
    await expect.poll(() => workshop.isAlive(daemon)).toBe(false);
  });

  test("kill sends one signal to the group and leaves what has ended alone", async () => {
    const running = await shell(family);
    const child = await workshop.pidIn("child");
    running.kill("SIGKILL");
    expect(await running.exited).toEqual({ code: null, signal: "SIGKILL" });
    await expect.poll(() => workshop.isAlive(child)).toBe(false);
    running.kill();
    expect(() => running.kill("SIGNOPE")).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  test("with inherited outputs it stays in our group and is ended alone", async () => {
    const running = await shell("exec sleep 30", { output: "inherit" });
    expect(await textOf(running.stdout)).toBe("");
    await running[Symbol.asyncDispose]();
    expect(await running.exited).toEqual({ code: null, signal: "SIGTERM" });
  });

  test("disposing twice, or after the end, changes nothing", async () => {
    const running = await shell("exit 0");
    await running.exited;
    await Promise.all([running[Symbol.asyncDispose](), running[Symbol.asyncDispose]()]);
    expect(await running.exited).toEqual({ code: 0, signal: null });
  });
});

describe("the signal", () => {
  test("ends the whole group", async () => {
    const controller = new AbortController();
    const running = await shell(family, { signal: controller.signal });
    const child = await workshop.pidIn("child");
    controller.abort();
    expect(await running.exited).toEqual({ code: null, signal: "SIGTERM" });
    await expect.poll(() => workshop.isAlive(child)).toBe(false);
  });

  test("that fired before starts nothing, and says which kind of end it was", async () => {
    const reason = new Error("enough");
    await expect(shell("touch ran", { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
      code: "ABORTED",
      cause: reason,
    });
    const late = AbortSignal.abort(new DOMException("late", "TimeoutError"));
    await expect(shell("touch ran", { signal: late })).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    await expect(workshop.script("ran", "")).resolves.toBeTypeOf("string");
  });

  test("keeps no listener on a long-lived signal after the end", async () => {
    const controller = new AbortController();
    const running = await shell("exit 0", { signal: controller.signal });
    await running.exited;
    await expect.poll(() => getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});
