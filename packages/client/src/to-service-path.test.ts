import { expect, it } from "vitest";
import { toServicePath } from "./to-service-path.ts";

it.each([
  ["/", "/"],
  ["", "/"],
  ["a/b", "/a/b"],
  ["/a/b?c=d&e=%20", "/a/b?c=d&e=%20"],
  ["?q=1", "/?q=1"],
  ["/a#fragment", "/a"],
  ["/ä b", "/%C3%A4%20b"],
  ["http://127.0.0.1:8080/a?b", "/a?b"],
  ["https://elsewhere/a", "/a"],
  ["//elsewhere/a", "/a"],
  ["\\\\elsewhere\\a", "/a"],
  ["http:a", "/a"],
  ["localhost:8080/a", "/localhost:8080/a"],
])("takes %j for the path %s of the backend", (url, path) => {
  expect(toServicePath(url)).toBe(`/.bowsprit/service${path}`);
});

it.each([
  "..",
  "/../exec/host",
  "../../etc",
  "/a/../../exec/host",
  "%2e%2e/exec/host",
  "/%2E./.%2e/exec/host",
  "\\..\\exec\\host",
  "http://x/../exec/host",
  "data:x/../../exec/host",
  "data:/../exec/host",
  "foo:..",
  "foo:x/../../../exec/host",
  "file:///../exec/host",
  "javascript:/../..",
  "/a\t/..\n/../exec/host",
  "//x/..//../exec/host",
])("keeps %j below the prefix, also after a browser has read it once more", (url) => {
  const path = toServicePath(url);
  const again = new URL(`http://page${path}`);
  expect(`${again.pathname}${again.search}`).toBe(path);
  expect(again.pathname.startsWith("/.bowsprit/service/")).toBe(true);
});

it.each<unknown>([undefined, null, 1, {}])("takes %j for a mistake of the program", (url) => {
  expect(() => toServicePath(url as string)).toThrow(TypeError);
});

it.each(["http://", "http://[/"])("refuses %j", (url) => {
  expect(() => toServicePath(url)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});
