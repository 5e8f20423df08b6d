import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ServiceStatus } from "@bowsprit/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createWorkshop,
  logTexts,
  node,
  project,
  saveScript,
  table,
  until,
  untilStatus,
  up,
  type Workshop,
} from "./workshop.ts";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await createWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const longLived = "echo $$ >> pids; exec sleep 60";

describe("up", () => {
  test("starts every service and says so", async () => {
    const { runtime, shell, plan } = workshop;
    const steps = await up(runtime, plan(shell("a", longLived), shell("b", longLived)));
    const pids = await workshop.pidsIn("pids", 2);
    expect(steps.map(({ service, state }) => [service, state])).toEqual([
      ["a", "running"],
      ["b", "running"],
    ]);
    const status = await runtime.status(project);
    expect(status).toEqual([
      { name: "a", state: "running", pid: expect.any(Number), restarts: 0 },
      { name: "b", state: "running", pid: expect.any(Number), restarts: 0 },
    ]);
    expect(new Set(status.map(({ pid }) => pid))).toEqual(new Set(pids));
  });

  test("gives a service its command verbatim, its folder and exactly its environment", async () => {
    const odd = ["", "a b", '"q"', "$(touch x)", "a\nb", "☃", "*"];
    const script = "console.log(JSON.stringify({ argv: process.argv.slice(2), cwd: process.cwd(), env: process.env }))";
    const file = await saveScript(workshop.folder, "print.mjs", script);
    process.env["NODE_OPTIONS"] ??= "";
    const service = { name: "a", command: [node, file, ...odd], env: { A: "1", HOME: "/own" }, cwd: workshop.folder };
    await up(workshop.runtime, workshop.plan(service));
    await untilStatus(workshop.runtime, ({ state }) => state === "completed");
    expect(JSON.parse((await logTexts(workshop.runtime)).join(""))).toEqual({
      argv: odd,
      cwd: workshop.folder,
      env: { PATH: "/usr/bin:/bin", HOME: "/own", A: "1" },
    });
  });

  test("finds a program by the service's own PATH, or relative to its folder", async () => {
    await mkdir(join(workshop.folder, "bin"));
    await saveScript(workshop.folder, "bin/tool", "#!/bin/sh\necho tool\n");
    const service = (name: string, program: string, env = {}) => ({
      name,
      command: [program],
      env,
      cwd: workshop.folder,
    });
    await up(
      workshop.runtime,
      workshop.plan(service("a", "tool", { PATH: join(workshop.folder, "bin") }), service("b", "./bin/tool")),
    );
    await until(async () => ((await logTexts(workshop.runtime)).length === 2 ? true : undefined));
    expect(await logTexts(workshop.runtime)).toEqual(["tool", "tool"]);
  });

  test("changes nothing for a project that is up, and starts a changed plan anew", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", longLived)));
    const [first] = await workshop.pidsIn("pids");
    await up(runtime, plan(shell("a", longLived)));
    expect((await runtime.status(project))[0]?.pid).toBe(first);
    await up(runtime, plan(shell("a", longLived, { A: "1" })));
    const [, second] = await workshop.pidsIn("pids", 2);
    expect(second).not.toBe(first);
    expect(table.find(first ?? 0)).toBeUndefined();
  });

  test("two calls at once are one start", async () => {
    const { runtime, shell, plan } = workshop;
    await Promise.all([up(runtime, plan(shell("a", longLived))), up(runtime, plan(shell("a", longLived)))]);
    await workshop.pidsIn("pids");
    expect(await runtime.status(project)).toHaveLength(1);
    expect((await workshop.readFile("pids")).trim().split("\n")).toHaveLength(1);
  });

  test("refuses a service without a command, before anything is started", async () => {
    const { runtime, shell, plan, folder } = workshop;
    await expect(up(runtime, plan(shell("a", longLived), { name: "db", env: {}, cwd: folder }))).rejects.toMatchObject({
      code: "UNSUPPORTED",
      message: `start ${project}: service db has no x-local command`,
    });
    expect(await workshop.stateFiles()).toEqual([]);
  });

  test.each(["../x", "", "X", "a/b", ".."])("refuses the project %j", async (name) => {
    const { runtime, shell } = workshop;
    const invalid = { code: "INVALID_ARGUMENT" };
    await expect(up(runtime, { project: name, title: "", services: [shell("a", "")] })).rejects.toMatchObject(invalid);
    await expect(runtime.down(name)).rejects.toMatchObject(invalid);
    await expect(runtime.status(name)).rejects.toMatchObject(invalid);
  });

  test("whose signal fires leaves nothing running", async () => {
    const controller = new AbortController();
    const runtime = workshop.fresh({
      beforeStart: async ({ name }) => (name === "b" ? controller.abort() : undefined),
    });
    const { shell, plan } = workshop;
    const { signal } = controller;
    const steps = Array.fromAsync(runtime.up(plan(shell("a", longLived), shell("b", longLived)), { signal }));
    await expect(steps).rejects.toMatchObject({ code: "ABORTED" });
    expect(await runtime.status(project)).toEqual([]);
    expect(await workshop.stateFiles()).toEqual([]);
  });
});

describe("a service that ends", () => {
  test("with an error is started again, after a delay that doubles up to its limit", async () => {
    const seen: (readonly [string, number])[] = [];
    const onChange = (_: string, { state }: ServiceStatus) => seen.push([state, performance.now()]);
    const runtime = workshop.fresh({ onChange, restartDelayMs: { first: 20, max: 80 } });
    await up(runtime, workshop.plan(workshop.shell("a", "exit 3")));
    const status = await untilStatus(runtime, ({ restarts }) => restarts >= 8);
    expect(status.exitCode).toBe(3);
    await runtime.down(project);
    expect(seen.slice(0, 4).map(([state]) => state)).toEqual(["starting", "running", "failed", "starting"]);
    const waits = seen.flatMap(([state, at], i) => (state === "failed" ? [(seen[i + 1]?.[1] ?? 0) - at] : []));
    for (const [i, expected] of [20, 40, 80, 80].entries()) expect(waits[i]).toBeGreaterThanOrEqual(expected - 2);
    // Without its limit this one would be 2,560.
    expect(waits[7]).toBeLessThan(1500);
  });

  test("after a long life begins with the first delay again", async () => {
    const seen: number[] = [];
    const onChange = (_: string, { state }: ServiceStatus) =>
      void (state === "starting" && seen.push(performance.now()));
    const restartDelayMs = { first: 10, max: 3000, resetAfter: 50 };
    const runtime = workshop.fresh({ onChange, restartDelayMs });
    await up(runtime, workshop.plan(workshop.shell("a", "sleep 0.06; exit 1")));
    await until(async () => (seen.length > 9 ? true : undefined));
    expect((seen[9] ?? 0) - (seen[8] ?? 0)).toBeLessThan(1000);
  });

  test("with 0 has completed and stays so", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", "echo $$ >> pids")));
    expect(await untilStatus(runtime, ({ state }) => state === "completed")).toEqual({
      name: "a",
      state: "completed",
      exitCode: 0,
      restarts: 0,
    });
    await up(runtime, plan(shell("a", "echo $$ >> pids")));
    expect(await workshop.pidsIn("pids")).toHaveLength(1);
  });

  test("by kill -9 is started again, and what it had started is ended first", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", "sleep 60 & echo $! >> children; echo $$ >> pids; wait")));
    const [first = 0] = await workshop.pidsIn("pids");
    const [child = 0] = await workshop.pidsIn("children");
    process.kill(first, "SIGKILL");
    const [, second] = await workshop.pidsIn("pids", 2);
    expect(table.find(child)).toBeUndefined();
    await workshop.pidsIn("children", 2);
    expect(await untilStatus(runtime, ({ state }) => state === "running")).toEqual({
      name: "a",
      state: "running",
      pid: second,
      exitCode: 137,
      restarts: 1,
    });
  });

  test("before it began, for want of its program, has failed with the reason, and is tried again", async () => {
    const { runtime, plan, folder } = workshop;
    const steps = await up(runtime, plan({ name: "a", command: ["./later"], env: {}, cwd: folder }));
    expect(steps).toEqual([{ service: "a", state: "failed", message: 'find "./later": no such file' }]);
    expect((await logTexts(runtime))[0]).toBe('bowsprit: find "./later": no such file');
    await saveScript(folder, "later", "#!/bin/sh\nexec sleep 60\n");
    const { pid = 0 } = await untilStatus(runtime, ({ state }) => state === "running");
    expect(table.find(pid)).toBeDefined();
  });

  test("is prepared for each start, and a preparation that fails is a start that failed", async () => {
    let calls = 0;
    const beforeStart = async (): Promise<void> => {
      calls += 1;
      if (calls === 1) throw new Error("the socket is in the way");
    };
    const runtime = workshop.fresh({ beforeStart });
    const [step] = await up(runtime, workshop.plan(workshop.shell("a", longLived)));
    expect(step).toEqual({ service: "a", state: "failed", message: "the socket is in the way" });
    await untilStatus(runtime, ({ state }) => state === "running");
    expect(calls).toBe(2);
    await workshop.pidsIn("pids");
  });

  test("is told to a watcher, whose own failures change nothing", async () => {
    const onChange = (): never => {
      throw new Error("a broken watcher");
    };
    const runtime = workshop.fresh({ onChange });
    await up(runtime, workshop.plan(workshop.shell("a", "exit 0")));
    await untilStatus(runtime, ({ state }) => state === "completed");
  });
});

describe("exec", () => {
  test("runs a command in the place of a service", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", longLived, { A: "1" })));
    await workshop.pidsIn("pids");
    const command = await runtime.exec(project, "a", ["sh", "-c", 'echo "$A $B $PWD"'], { env: { B: "2" } });
    const output = await Array.fromAsync(command.stdout);
    expect(Buffer.concat(output).toString()).toBe(`1 2 ${workshop.folder}\n`);
    expect(await command.exited).toEqual({ code: 0, signal: null });
  });

  test("needs a project that runs and a service of it, and its commands end with the project", async () => {
    const { runtime, shell, plan } = workshop;
    const unavailable = { code: "BACKEND_UNAVAILABLE" };
    await expect(runtime.exec(project, "a", ["true"])).rejects.toMatchObject(unavailable);
    await up(runtime, plan(shell("a", longLived)));
    await expect(runtime.exec(project, "b", ["true"])).rejects.toMatchObject(unavailable);
    await expect(runtime.exec(project, "a", ["no-such-program"])).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_FOUND",
    });
    const command = await runtime.exec(project, "a", ["sleep", "60"]);
    await runtime.down(project);
    expect(await command.exited).toEqual({ code: null, signal: "SIGTERM" });
  });
});
