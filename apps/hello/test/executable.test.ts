import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";

const executable = join(import.meta.dirname, "..", "host", "hello-host.sh");

function run(...args: readonly string[]): { status: number | null; lines: readonly string[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(executable, args, { encoding: "utf8" });
  return { status, lines: stdout.split("\n").slice(0, -1), stderr };
}

describe("hello-host.sh", () => {
  beforeEach(({ skip }) => skip(process.platform === "win32", "hello-host.sh is a shell script"));

  test("says who it is, by its own right to run", () => {
    const { status, lines, stderr } = run();
    expect([status, stderr]).toEqual([0, ""]);
    expect(lines).toEqual([expect.stringMatching(/^hello-host on \S+ \S+$/u)]);
  });

  test.each([
    ["blanks", "two  words "],
    ["nothing", ""],
    ["single and double quotes", `it's "here"`],
    ["a command to substitute", "$(echo run) `echo run` ${HOME}"],
    ["patterns and operators", "* ? ; & | > < # ~"],
    ["a backslash", "a\\nb\\"],
    ["a format", "%s %d %n"],
    ["an option of printf", "-v"],
    ["letters of other scripts", "Grüße 你好"],
  ])("prints an argument of %s as it came", (_, argument) => {
    expect(run("first", argument, "last").lines.slice(1)).toEqual([
      "arg[1]=<first>",
      `arg[2]=<${argument}>`,
      "arg[3]=<last>",
    ]);
  });

  test("ends with the number after --exit, and prints what follows", () => {
    const { status, lines } = run("--exit", "42", "more");
    expect(status).toBe(42);
    expect(lines.slice(1)).toEqual(["arg[1]=<--exit>", "arg[2]=<42>", "arg[3]=<more>"]);
  });

  test("--exit without a number is refused", () => {
    expect(run("--exit", "zz")).toMatchObject({ status: 2, stderr: "hello-host: --exit needs a number\n" });
  });
});
