import { afterEach, beforeEach, expect, test } from "vitest";
import { collectOutput, runProcess, startProcess } from "../src/index.ts";
import { createWorkshop, node, type Workshop } from "./workshop.ts";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await createWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const shell = (text: string, options: { signal?: AbortSignal; maxOutputBytes?: number } = {}) =>
  runProcess({ cwd: workshop.folder, env: { PATH: "/usr/bin:/bin" }, argv: ["/bin/sh", "-c", text], ...options });

test("gives both outputs and the exit code, which is no error", async () => {
  expect(await shell("echo out; echo err >&2; exit 9")).toMatchObject({
    code: 9,
    signal: null,
    stdout: "out\n",
    stderr: "err\n",
  });
});

test("gives the signal that ended it", async () => {
  expect(await shell("kill -9 $$")).toMatchObject({ code: null, signal: "SIGKILL" });
});

test("joins characters whose bytes came apart", async () => {
  const script =
    "const b = Buffer.from('☃🎏é'); let i = 0; const t = () => i < b.length && process.stdout.write(b.subarray(i, ++i), () => setImmediate(t)); t()";
  const result = await runProcess({ cwd: workshop.folder, env: {}, argv: [node, "-e", script] });
  expect(result.stdout).toBe("☃🎏é");
});

test("ends what writes more than it may", async () => {
  await expect(shell("echo $$ > self; exec yes", { maxOutputBytes: 100_000 })).rejects.toMatchObject({
    code: "MESSAGE_TOO_LARGE",
    details: { maxOutputBytes: 100_000 },
  });
  expect(workshop.isAlive(await workshop.pidIn("self"))).toBe(false);
});

test("collects both outputs of a process that somebody else started, and lets the caller say what to do about too much", async () => {
  const argv = ["/bin/sh", "-c", "printf 123; printf 45 >&2; exit 3"] as const;
  const hint = "Print less.";
  const collect = async (maxOutputBytes: number) => {
    await using running = await startProcess({ cwd: workshop.folder, env: {}, argv: [...argv] });
    return await collectOutput(running, { argv: [...argv], maxOutputBytes, hint });
  };
  const all = { cmd: argv.join(" "), killed: false, code: 3, signal: null, stdout: "123", stderr: "45" };
  expect(await collect(5)).toMatchObject(all);
  await expect(collect(4)).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE", hint, details: { maxOutputBytes: 4 } });
});

test("rejects an aborted run once the process has ended", async () => {
  const controller = new AbortController();
  const running = shell("echo $$ > self; sleep 30", { signal: controller.signal });
  const pid = await workshop.pidIn("self");
  controller.abort();
  await expect(running).rejects.toMatchObject({ code: "ABORTED" });
  expect(workshop.isAlive(pid)).toBe(false);
});

test("rejects a run that takes too long", async () => {
  await expect(shell("exec sleep 30", { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
    code: "DEADLINE_EXCEEDED",
  });
});
