import { createHash } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startProcess } from "../src/index.ts";
import { createWorkshop, eventually, node, textOf, type Workshop } from "./workshop.ts";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await createWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const base = () => ({ cwd: workshop.folder, env: {} });
const run = (script: string, ...args: string[]) =>
  startProcess({ ...base(), argv: [node, "-e", script, "--", ...args] });

describe("what reaches a process", () => {
  test("every argument, verbatim", async () => {
    const odd = [
      "",
      " ",
      "a b",
      '"q"',
      "'s'",
      "$(touch x)",
      "`id`",
      "a\nb",
      "☃ 🎏",
      "%PATH%",
      "*",
      "-e",
      "--",
      "\\",
      "a;b|c&d>e",
    ];
    const running = await run("console.log(JSON.stringify(process.argv.slice(1)))", ...odd);
    expect(JSON.parse(await textOf(running.stdout))).toEqual(odd);
    expect(await running.exited).toEqual({ code: 0, signal: null });
  });

  test("exactly the environment that was given", async () => {
    process.env["NODE_V8_COVERAGE"] ??= "";
    const running = await startProcess({ ...base(), argv: ["/usr/bin/env"], env: { A: "1 2", "b.c": "☃" } });
    expect(await textOf(running.stdout)).toBe("A=1 2\nb.c=☃\n");
  });

  test("its folder", async () => {
    const running = await startProcess({ ...base(), argv: ["/bin/pwd"] });
    expect(await textOf(running.stdout)).toBe(`${workshop.folder}\n`);
  });

  test("no input by default", async () => {
    const running = await startProcess({ ...base(), argv: ["/bin/cat"] });
    expect(await textOf(running.stdout)).toBe("");
  });

  test("the caller's input, to its end", async () => {
    const stdin = (async function* () {
      yield "one ";
      yield Buffer.from("☃");
    })();
    const running = await startProcess({ ...base(), argv: ["/bin/cat"], stdin });
    expect(await textOf(running.stdout)).toBe("one ☃");
    expect(await running.exited).toEqual({ code: 0, signal: null });
  });

  test("no end of an input whose source failed", async () => {
    const stdin = (async function* () {
      yield "part";
      throw new Error("the source broke");
    })();
    const running = await startProcess({
      ...base(),
      argv: ["/bin/sh", "-c", "trap '' PIPE; cat; exec sleep 30"],
      stdin,
    });
    expect(await running.exited).toEqual({ code: null, signal: "SIGTERM" });
  });

  test("input that it does not read is nobody's failure", async () => {
    const stdin = (async function* () {
      for (let i = 0; i < 100; i += 1) yield Buffer.alloc(65_536);
    })();
    const running = await startProcess({ ...base(), argv: ["/bin/sh", "-c", "exit 3"], stdin });
    expect(await running.exited).toEqual({ code: 3, signal: null });
  });
});

describe("what comes from a process", () => {
  test("50 MB, exactly", async () => {
    const script =
      "const b = Buffer.alloc(65536); for (let i = 0; i < 800; i++) { b.fill(i); require('fs').writeSync(1, b); }";
    const hash = createHash("sha256");
    let size = 0;
    const running = await run(script);
    for await (const chunk of running.stdout) {
      hash.update(chunk);
      size += chunk.length;
    }
    const expected = createHash("sha256");
    for (let i = 0; i < 800; i += 1) expected.update(Buffer.alloc(65_536, i % 256));
    expect(size).toBe(52_428_800);
    expect(hash.digest("hex")).toBe(expected.digest("hex"));
  });

  test("what it wrote is there for a reader who comes after its end", async () => {
    const running = await startProcess({ ...base(), argv: ["/bin/sh", "-c", "echo out; echo err >&2"] });
    await running.exited;
    expect(await textOf(running.stdout)).toBe("out\n");
    expect(await textOf(running.stderr)).toBe("err\n");
  });

  test("what is left in the pipe does not keep `exited` open, and is there for a late reader", async () => {
    const running = await startProcess({ ...base(), argv: ["/usr/bin/head", "-c", "120000", "/dev/zero"] });
    await running.exited;
    expect(await textOf(running.stdout)).toBe("\0".repeat(120_000));
  });

  test("an output that nobody reads holds the process back", async () => {
    const script =
      "const fs = require('fs'); for (let i = 0; ; i++) { fs.writeSync(1, Buffer.alloc(65536)); fs.writeFileSync('count', String(i)); }";
    const running = await run(script);
    const count = () => eventually(() => readFile(join(workshop.folder, "count"), "utf8"));
    let before = "";
    await expect
      .poll(
        async () => {
          const now = await count();
          const same = now === before;
          before = now;
          return same;
        },
        { interval: 200, timeout: 4000 },
      )
      .toBe(true);
    expect(Number(before)).toBeLessThan(64);
    await running[Symbol.asyncDispose]();
  });

  test("leaving the loop closes the pipe", async () => {
    const running = await startProcess({ ...base(), argv: ["/bin/sh", "-c", "while echo line; do :; done"] });
    for await (const chunk of running.stdout) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await running.exited;
    expect(workshop.isAlive(running.pid)).toBe(false);
  });
});

describe("what cannot be started", () => {
  const start = (file: string) => startProcess({ ...base(), argv: [file] });

  test("a file that is not there", async () => {
    await expect(start(join(workshop.folder, "none"))).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_FOUND",
      details: { path: join(workshop.folder, "none") },
      hint: expect.any(String),
    });
  });

  test("a folder, and a file without permission", async () => {
    await mkdir(join(workshop.folder, "folder"));
    await expect(start(join(workshop.folder, "folder"))).rejects.toMatchObject({ code: "EXECUTABLE_NOT_RUNNABLE" });
    const script = await workshop.script("script", "#!/bin/sh\n");
    await chmod(script, 0o644);
    await expect(start(script)).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_RUNNABLE",
      message: `start ${script}: permission denied`,
      hint: `Make it executable: chmod +x ${script}`,
    });
  });

  test("a script without #!, which a C library would give to a shell", async () => {
    const script = await workshop.script("script", "touch ran\n");
    await expect(start(script)).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_RUNNABLE",
      message: `start ${script}: a script without a #! line`,
      hint: expect.stringContaining("#!"),
    });
  });

  test.each(["#!/no/such/interpreter\n", "#!/bin/sh\r\necho hi\r\n"])("a script that begins with %j", async (text) => {
    await expect(start(await workshop.script("script", text))).rejects.toMatchObject({
      code: "EXECUTABLE_NOT_RUNNABLE",
      hint: expect.stringContaining("#!"),
    });
  });

  test("a program in a folder that does not exist", async () => {
    const cwd = join(workshop.folder, "none");
    await expect(startProcess({ cwd, env: {}, argv: ["/bin/pwd"] })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: `start /bin/pwd: the folder ${cwd} does not exist`,
    });
  });

  test("a name that is not a path, and texts that cannot be passed on", async () => {
    const invalid = { code: "INVALID_ARGUMENT" };
    await expect(start("sh")).rejects.toMatchObject(invalid);
    await expect(startProcess({ ...base(), argv: ["/bin/pwd", "a\0b"] })).rejects.toMatchObject(invalid);
    await expect(startProcess({ ...base(), argv: ["/bin/pwd"], env: { "a=b": "" } })).rejects.toMatchObject(invalid);
    await expect(startProcess({ ...base(), argv: ["/bin/pwd"], env: { a: "\0" } })).rejects.toMatchObject(invalid);
    await expect(startProcess({ ...base(), argv: ["/bin/pwd", "x".repeat(4e6)] })).rejects.toMatchObject(invalid);
  });
});
