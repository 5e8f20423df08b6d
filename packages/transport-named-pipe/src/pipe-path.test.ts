import { BowspritError, ErrorCode } from "@bowsprit/core";
import { expect, test } from "vitest";
import { fromPipePath, toPipePath } from "./pipe-path.ts";

test.each([
  "a",
  "docker_engine",
  "bowsprit-x-y.sock-0f",
  "dockerDesktopPluginHello",
  "Üml aut",
  "a..b",
  "x".repeat(247),
])("a plain name becomes a path under the pipe folder: %s", (name) => {
  expect(toPipePath(name)).toBe(`\\\\.\\pipe\\${name}`);
});

test.each([
  ["an empty name", "", "empty"],
  ["a backslash", "a\\b", "slash"],
  ["a way out of the pipe folder", "..\\C:\\secret", "slash"],
  ["the same with slashes, which Windows turns round", "../C:/secret", "slash"],
  ["a whole path", "\\\\.\\pipe\\a", "slash"],
  ["a NUL", "a\0b", "control"],
  ["a line break", "a\nb", "control"],
  ["a dot at the end, which Windows takes off", "a.", "ends in"],
  ["nothing but dots", "..", "ends in"],
  ["a blank at the end, which Windows takes off", "a ", "ends in"],
  ["half of a surrogate pair", "a\ud83d", "half"],
  ["a path of 257 characters", "x".repeat(248), "257 characters"],
])("refuses %s", (_, name, why) => {
  expect(() => toPipePath(name)).toThrow(
    expect.objectContaining({ code: ErrorCode.EndpointInvalid, message: expect.stringContaining(why) }),
  );
});

test("an endless name does not fill the message", () => {
  const reason = thrownBy(() => toPipePath("x".repeat(100_000)));
  expect(BowspritError.is(reason) && reason.message.length).toBeLessThan(300);
});

test("a name that is not text is a TypeError", () => {
  expect(() => toPipePath(7 as unknown as string)).toThrow(TypeError);
});

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (reason) {
    return reason;
  }
}

test.each([
  ["\\\\.\\pipe\\docker_engine", "docker_engine"],
  ["//./pipe/docker_engine", "docker_engine"],
  ["\\\\.\\PIPE\\Mixed Case", "Mixed Case"],
])("the path %s means the pipe %s, and leads back to it", (path, name) => {
  expect(fromPipePath(path)).toBe(name);
  expect(fromPipePath(toPipePath(name))).toBe(name);
});

test.each([
  "docker_engine",
  "\\\\server\\pipe\\x",
  "\\\\.\\pipe\\",
  "\\\\.\\pipe\\a\\b",
  "\\\\.\\C:\\x",
  "//./pipe/../x",
  "",
])("refuses a path that is none of this computer's pipes: %s", (path) => {
  expect(() => fromPipePath(path)).toThrow(expect.objectContaining({ code: ErrorCode.EndpointInvalid }));
});
