import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
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

const family = "sleep 60 & echo $! >> pids; echo $$ >> pids; wait";
const stubborn = "trap '' TERM; echo $$ >> pids; while :; do sleep 0.05; done";
const alive = (pids: readonly number[]) => pids.filter((pid) => table.find(pid) !== undefined);

/** Runs a project in a process of its own, which is then killed: an earlier life. */
async function leaveBehind(script: string): Promise<void> {
  const { folder, options, plan, shell } = workshop;
  const urls = ["../src/local/index.ts", "../../exec/src/index.ts"].map((path) => new URL(path, import.meta.url).href);
  const source = `
    import { createLocalRuntime } from ${JSON.stringify(urls[0])};
    import { createProcessTable } from ${JSON.stringify(urls[1])};
    const runtime = createLocalRuntime({ ...${JSON.stringify(options)}, processes: createProcessTable() });
    for await (const _ of runtime.up(${JSON.stringify(plan(shell("a", script)))})) continue;
    console.log("up");
    setInterval(() => {}, 1000);`;
  const host = spawn(node, [await saveScript(folder, "host.mjs", source)], { stdio: ["ignore", "pipe", "inherit"] });
  await once(host.stdout, "data");
  await workshop.pidsIn("pids", script === family ? 2 : 1);
  host.kill("SIGKILL");
  await once(host, "close");
}

describe("down", () => {
  test("ends the services with all they started, and the record", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", family)));
    const pids = await workshop.pidsIn("pids", 2);
    expect(await workshop.stateFiles()).toEqual([`${project}.json`]);
    await runtime.down(project);
    expect(alive(pids)).toEqual([]);
    expect(await runtime.status(project)).toEqual([]);
    expect(await workshop.stateFiles()).toEqual([]);
    await runtime.down(project);
  });

  test("sends SIGKILL to what ignores SIGTERM, after the grace", async () => {
    const runtime = workshop.fresh({ graceMs: 100 });
    await up(runtime, workshop.plan(workshop.shell("a", stubborn)));
    const pids = await workshop.pidsIn("pids");
    const before = performance.now();
    await runtime.down(project);
    expect(performance.now() - before).toBeGreaterThan(90);
    expect(alive(pids)).toEqual([]);
  });

  test("cuts the grace short when its signal fires or its time is up", async () => {
    const runtime = workshop.fresh({ graceMs: 60_000 });
    await up(runtime, workshop.plan(workshop.shell("a", stubborn)));
    const pids = await workshop.pidsIn("pids");
    await runtime.down(project, { timeoutMs: 50 });
    expect(alive(pids)).toEqual([]);
  });

  test("ends a service that waits for its next start", async () => {
    const runtime = workshop.fresh({ restartDelayMs: { first: 60_000, max: 60_000 } });
    await up(runtime, workshop.plan(workshop.shell("a", "exit 1")));
    await untilStatus(runtime, ({ state }) => state === "failed");
    await runtime.down(project);
    expect(await runtime.status(project)).toEqual([]);
  });

  test("works from another runtime object, and the one that supervised restarts nothing", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", family)));
    const pids = await workshop.pidsIn("pids", 2);
    const other = workshop.fresh();
    expect(await other.status(project)).toMatchObject([{ name: "a", state: "running", pid: pids[1] }]);
    await other.down(project);
    expect(alive(pids)).toEqual([]);
    expect(await workshop.stateFiles()).toEqual([]);
    expect(await runtime.status(project)).toEqual([]);
    await up(runtime, plan(shell("a", family)));
    await workshop.pidsIn("pids", 4);
    expect(await runtime.status(project)).toMatchObject([{ state: "running", restarts: 0 }]);
  });

  test("from another runtime object stops the restarts first, though a service takes long to end", async () => {
    const seen: string[] = [];
    const onChange = (_: string, { name, state }: ServiceStatus) => void seen.push(`${name} ${state}`);
    const runtime = workshop.fresh({ onChange, restartDelayMs: { first: 1 } });
    await up(runtime, workshop.plan(workshop.shell("a", family), workshop.shell("b", stubborn)));
    const pids = await workshop.pidsIn("pids", 3);
    await workshop.fresh({ graceMs: 300 }).down(project);
    await until(async () => (seen.includes("a stopped") && seen.includes("b stopped") ? true : undefined));
    expect(seen.filter((change) => change.endsWith("starting"))).toEqual(["a starting", "b starting"]);
    expect(alive(pids)).toEqual([]);
  });

  test("ends a command that was on its way, and refuses one that comes later", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", stubborn)));
    await workshop.pidsIn("pids");
    const starting = runtime.exec(project, "a", ["sleep", "60"]);
    const down = runtime.down(project, { timeoutMs: 300 });
    const command = await starting;
    await expect(runtime.exec(project, "a", ["sleep", "60"])).rejects.toMatchObject({ code: "BACKEND_UNAVAILABLE" });
    await down;
    expect(await command.exited).toEqual({ code: null, signal: "SIGTERM" });
  });

  test("of a project that never was is no failure", async () => {
    await expect(workshop.runtime.down(project)).resolves.toBeUndefined();
    expect(await workshop.stateFiles()).toEqual([]);
  });

  test("keeps the logs, and forget removes them", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", "echo kept")));
    await untilStatus(runtime, ({ state }) => state === "completed");
    await runtime.down(project);
    expect(await logTexts(runtime)).toEqual(["kept"]);
    await runtime.forget(project);
    expect(await logTexts(runtime)).toEqual([]);
  });
});

describe("what a killed host left running", () => {
  test("is seen, and ended by down", async () => {
    await leaveBehind(family);
    const pids = await workshop.pidsIn("pids", 2);
    expect(await workshop.runtime.status(project)).toEqual([
      { name: "a", state: "running", pid: pids[1], restarts: 0 },
    ]);
    await workshop.runtime.down(project);
    expect(alive(pids)).toEqual([]);
    expect(await workshop.stateFiles()).toEqual([]);
  });

  test("ends who follows its logs, since nobody writes them any more", async () => {
    await leaveBehind(family);
    expect(await logTexts(workshop.runtime, { follow: true })).toEqual([]);
    await workshop.runtime.down(project);
  });

  test("is ended before the next start, never adopted", async () => {
    await leaveBehind(family);
    const before = await workshop.pidsIn("pids", 2);
    await up(workshop.runtime, workshop.plan(workshop.shell("a", family)));
    const [status] = await workshop.runtime.status(project);
    expect(alive(before)).toEqual([]);
    expect(before).not.toContain(status?.pid);
    expect(await workshop.pidsIn("pids", 4)).toHaveLength(4);
  });

  test("is told as stopped once it has ended by itself", async () => {
    await leaveBehind(stubborn);
    const [pid = 0] = await workshop.pidsIn("pids");
    process.kill(pid, "SIGKILL");
    await until(async () => (table.find(pid) === undefined ? true : undefined));
    expect(await workshop.runtime.status(project)).toEqual([{ name: "a", state: "stopped", restarts: 0 }]);
  });

  test("spares a stranger that was given the same process id", async () => {
    await up(workshop.runtime, workshop.plan(workshop.shell("a", family)));
    const pids = await workshop.pidsIn("pids", 2);
    const file = join(workshop.folder, "run", `${project}.json`);
    const record = JSON.parse(await readFile(file, "utf8"));
    const stateFolder = join(workshop.folder, "other");
    const other = workshop.fresh({ stateFolder });
    await up(other, workshop.plan());
    const stranger = { ...record.services[0], started: "another boot/1" };
    await writeFile(
      join(stateFolder, `${project}.json`),
      JSON.stringify({ ...record, owner: "old", services: [stranger] }),
    );
    await other.down(project);
    expect(alive(pids)).toEqual(pids);
  });

  test("a record that is spoilt does not stand in the way", async () => {
    await up(workshop.runtime, workshop.plan());
    await writeFile(join(workshop.folder, "run", `${project}.json`), '{"owner":');
    const other = workshop.fresh();
    await up(other, workshop.plan(workshop.shell("a", family)));
    await workshop.pidsIn("pids", 2);
    expect(await other.status(project)).toMatchObject([{ state: "running" }]);
  });
});

describe("disposing", () => {
  test("ends what this object started", async () => {
    const { shell, plan } = workshop;
    const runtime = workshop.fresh();
    await up(runtime, plan(shell("a", family), shell("b", "exit 1")));
    const pids = await workshop.pidsIn("pids", 2);
    await runtime[Symbol.asyncDispose]();
    expect(alive(pids)).toEqual([]);
    expect(await workshop.stateFiles()).toEqual([]);
  });

  test("leaves what another object started alone", async () => {
    const { runtime, shell, plan } = workshop;
    await up(runtime, plan(shell("a", family)));
    await workshop.pidsIn("pids", 2);
    const other = workshop.fresh();
    await up(other, plan(shell("b", family)));
    const pids = await workshop.pidsIn("pids", 4);
    await runtime[Symbol.asyncDispose]();
    expect(alive(pids)).toEqual(pids.slice(2));
    expect(await other.status(project)).toMatchObject([{ name: "b", state: "running" }]);
  });
});
