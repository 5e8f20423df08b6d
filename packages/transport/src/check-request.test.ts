import { expect, it } from "vitest";
import { checkRequest } from "./check-request.ts";

it.each(["/", "/a/b?c=d&e=%20", "/a//b", "/../x", "/a\\b", "/a;b#c", "/?//x"])("sends the path %s as it is", (path) => {
  expect(checkRequest({ method: "GET", path }, []).path).toBe(path);
});

it.each([
  "",
  "x",
  "//evil/x",
  "/\\evil",
  "http://evil/",
  "*",
  "/a b",
  "/a\r\nb",
  "/a\0",
  "/\u007f",
  "/ä",
  "/\u{1F600}",
])("refuses the path %j", (path) => {
  expect(() => checkRequest({ method: "GET", path }, [])).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT" }),
  );
});

it.each(["GET", "PURGE", "M-SEARCH", "x!y"])("sends the method %s", (method) => {
  expect(checkRequest({ method, path: "/" }, []).method).toBe(method);
});

it.each(["", "GE T", "GET\r\n", "GET /x", "CONNECT", "connect"])("refuses the method %j", (method) => {
  expect(() => checkRequest({ method, path: "/" }, [])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});

it("takes a body that is neither bytes, text nor a stream for a mistake of the program", () => {
  const body = JSON.parse("{}") as string;
  expect(() => checkRequest({ method: "PUT", path: "/", body }, [])).toThrow(TypeError);
});
