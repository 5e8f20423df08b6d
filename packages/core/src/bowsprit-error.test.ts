import { describe, expect, test } from "vitest";
import { BowspritError } from "./bowsprit-error.ts";
import { ErrorCode, isErrorCode } from "./error-code.ts";
import { fromNodeError } from "./node-error.ts";

const every = Object.values(ErrorCode);

describe("the error table", () => {
  test("is closed: a name for each code, no code twice, nothing else is one", () => {
    expect(new Set(every).size).toBe(every.length);
    for (const [name, code] of Object.entries(ErrorCode)) {
      expect(code).toBe(name.replaceAll(/(?<!^)([A-Z])/gu, "_$1").toUpperCase());
      expect(isErrorCode(code)).toBe(true);
    }
    for (const other of ["", "ENOENT", "aborted", "toString", "__proto__", null, undefined, 1, ["ABORTED"]]) {
      expect(isErrorCode(other)).toBe(false);
    }
  });
});

describe("BowspritError", () => {
  test.each(every)("of code %s survives JSON unchanged, but for cause and stack", (code) => {
    const error = new BowspritError(code, "try x: it failed", {
      cause: new Error("secret /home/me"),
      details: { text: "x", number: 1, yes: true, none: null, list: ["a", "b"] },
      hint: "Try again.",
    });
    const json = JSON.stringify(error);
    const copy = BowspritError.fromJSON(JSON.parse(json));
    expect(copy).toBeInstanceOf(BowspritError);
    expect(copy.toJSON()).toEqual(error.toJSON());
    expect(JSON.stringify(copy)).toBe(json);
    expect(json).not.toContain("secret");
    expect(copy.cause).toBeUndefined();
  });

  test("without hint and details says null and an empty object", () => {
    const { hint, details } = new BowspritError("INTERNAL", "x").toJSON();
    expect({ hint, details }).toEqual({ hint: null, details: {} });
    expect(BowspritError.fromJSON({ code: "INTERNAL", message: "x", hint: null, details: {} }).hint).toBeUndefined();
  });

  test.each([null, undefined, "x", 1, [], {}, { code: "NOPE", message: "x" }, { code: "INTERNAL" }, { message: "x" }])(
    "takes the JSON %j for a malformed message",
    (value) => {
      expect(BowspritError.fromJSON(value).code).toBe("MESSAGE_MALFORMED");
    },
  );

  test("is told from others by its brand and code, also across copies of the package", () => {
    const error = new BowspritError("ABORTED", "x");
    expect(BowspritError.is(error)).toBe(true);
    expect(BowspritError.is(error, "ABORTED")).toBe(true);
    expect(BowspritError.is(error, "INTERNAL")).toBe(false);
    expect(BowspritError.is(new Error("x"))).toBe(false);
    expect(BowspritError.is({ ...error.toJSON() })).toBe(false);
    const foreign = Object.assign(new Error("x"), {
      [Symbol.for("@bowsprit/core/BowspritError")]: true,
      code: "ABORTED",
    });
    expect(BowspritError.is(foreign, "ABORTED")).toBe(true);
  });

  test("is made of any thrown value, which becomes its cause", () => {
    const cause = new Error("why");
    expect(BowspritError.from(cause)).toMatchObject({ code: "INTERNAL", message: "why", cause });
    expect(BowspritError.from("text", "EXEC_FAILED")).toMatchObject({ code: "EXEC_FAILED", message: "text" });
    const own = new BowspritError("ABORTED", "x");
    expect(BowspritError.from(own)).toBe(own);
  });
});

describe("fromNodeError", () => {
  const nodeError = (code: string): Error => Object.assign(new Error(`${code}: raw`), { code });

  test.each([
    ["ENOENT", "ENDPOINT_UNREACHABLE"],
    ["ECONNREFUSED", "ENDPOINT_UNREACHABLE"],
    ["EADDRINUSE", "ENDPOINT_IN_USE"],
    ["EACCES", "ENDPOINT_FORBIDDEN"],
    ["ENAMETOOLONG", "ENDPOINT_INVALID"],
    ["EPIPE", "CONNECTION_LOST"],
    ["EOF", "CONNECTION_LOST"],
    ["ENOSPC", "HOME_UNUSABLE"],
    ["EWHATEVER", "INTERNAL"],
  ])("maps %s to %s and keeps it in the details", (errno, code) => {
    const error = fromNodeError(nodeError(errno), { attempt: "dial unix:///x" });
    expect(error).toMatchObject({ code, details: { errno } });
    expect(error.message).toMatch(/^dial unix:\/\/\/x: /u);
  });

  test("maps aborts and timeouts by name, and lets the attempt override a code", () => {
    expect(fromNodeError(new DOMException("x", "AbortError"), { attempt: "a" }).code).toBe("ABORTED");
    expect(fromNodeError(new DOMException("x", "TimeoutError"), { attempt: "a" }).code).toBe("DEADLINE_EXCEEDED");
    const options = { attempt: "start x", codes: { ENOENT: ErrorCode.ExecutableNotFound } };
    expect(fromNodeError(nodeError("ENOENT"), options).code).toBe("EXECUTABLE_NOT_FOUND");
  });

  test("returns ours untouched", () => {
    const own = new BowspritError("ABORTED", "x");
    expect(fromNodeError(own, { attempt: "a" })).toBe(own);
  });
});
