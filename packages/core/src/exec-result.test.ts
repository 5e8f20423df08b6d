import { describe, expect, test } from "vitest";
import { createExecResult, type ExecResult } from "./exec-result.ts";

const printed = (stdout: string): ExecResult => createExecResult({ code: 0, stdout, stderr: "" });

describe("createExecResult", () => {
  test("carries what it was given, and plain values for what it was not", () => {
    expect(createExecResult({ code: 3, stdout: "o", stderr: "e" })).toMatchObject({
      killed: false,
      signal: null,
      code: 3,
      stdout: "o",
      stderr: "e",
    });
    expect(
      createExecResult({ cmd: "docker ps", killed: true, signal: "SIGTERM", code: null, stdout: "", stderr: "" }),
    ).toMatchObject({
      cmd: "docker ps",
      killed: true,
      signal: "SIGTERM",
      code: null,
    });
    expect("cmd" in printed("")).toBe(false);
  });

  test("survives JSON as its data alone", () => {
    const raw = { cmd: "x", killed: false, signal: null, code: 0, stdout: "1\n", stderr: "" };
    const copy = JSON.parse(JSON.stringify(createExecResult(raw))) as typeof raw;
    expect(copy).toEqual(raw);
    expect(createExecResult(copy).lines()).toEqual(["1"]);
  });

  test.each([
    ["", []],
    ["a", ["a"]],
    ["a\nb\n", ["a", "b"]],
    ["a\r\nb\r\n", ["a", "b"]],
    ["a\n\nb", ["a", "", "b"]],
    ["a\n\n", ["a", ""]],
    ["\n", [""]],
    ["  a \n", ["  a "]],
    ["a\rb\n", ["a\rb"]],
  ])("splits %j into the lines %j", (stdout, lines) => {
    expect(printed(stdout).lines()).toEqual(lines);
  });

  test.each([
    ["", []],
    ["\n\r\n", []],
    ['{"a": 1}\n{"a": 2}\n', [{ a: 1 }, { a: 2 }]],
    ['"{"a": 1}"\r\n"{"a": 2}"\r\n', [{ a: 1 }, { a: 2 }]],
    ["'{\"a\": 1}'\n", [{ a: 1 }]],
    ['  "[1, 2]" \n', [[1, 2]]],
    ['"plain"\n1\nnull\n', ["plain", 1, null]],
  ])("parseJsonLines reads %j", (stdout, values) => {
    expect(printed(stdout).parseJsonLines()).toEqual(values);
  });

  test.each([
    ['{"a":\n [1]}\n', { a: [1] }],
    ['"{"a": "b"}"\n', { a: "b" }],
    ["'[1]'", [1]],
    ['"a string"', "a string"],
    ["12", 12],
  ])("parseJsonObject reads %j", (stdout, value) => {
    expect(printed(stdout).parseJsonObject()).toEqual(value);
  });

  test.each(["", "nope", "{", '"{', '{"a": 1}\n{"a": 2}'])("parseJsonObject refuses %j and quotes it", (stdout) => {
    expect(() => printed(stdout).parseJsonObject()).toThrow(expect.objectContaining({ code: "MESSAGE_MALFORMED" }));
  });

  test("parseJsonLines refuses one bad line among good ones", () => {
    expect(() => printed('{"a": 1}\noops\n').parseJsonLines()).toThrow('parse output "oops": not JSON');
  });
});
