import { expect, test } from "vitest";
import type { Host } from "../host.ts";
import { matchVerb, methodsOf } from "./match-verb.ts";

test("a request line names a verb and its input", () => {
  expect(matchVerb("GET", "/extensions")?.verb.name).toBe("list");
  expect(matchVerb("GET", "/extensions/a_b/logs?tail=20&service=x")).toMatchObject({
    verb: { name: "logs" },
    input: { id: "a_b", tail: "20", service: "x" },
  });
  expect(matchVerb("DELETE", "/extensions/a?keep-data=true")?.input).toEqual({ id: "a", keepData: "true" });
});

test("the path decides over the query, and both over the body", async () => {
  expect(matchVerb("GET", "/extensions/a?id=b")?.input["id"]).toBe("a");
  const removed: unknown[] = [];
  const host = { remove: async (...all: unknown[]) => void removed.push(all) } as Partial<Host> as Host;
  await matchVerb("DELETE", "/extensions/a?keep-data=true")?.run(host, { id: "b", keepData: false }, {});
  await matchVerb("DELETE", "/extensions/a")?.run(host, { id: "b", keepData: true }, {});
  expect(removed).toEqual([
    ["a", { keepData: true }],
    ["a", { keepData: true }],
  ]);
});

test.each([
  ["GET", "/extensions/"],
  ["GET", "/extensions/a/b"],
  ["GET", "/extensions/a%2fb"],
  ["GET", "/extensions/../x"],
  ["PUT", "/extensions"],
  ["get", "/extensions"],
  ["GET", "//extensions"],
])("%s %s names none", (method, target) => {
  expect(matchVerb(method, target)).toBeUndefined();
});

test("no verb that changes anything is a GET", () => {
  expect(methodsOf("/extensions")).toEqual(["GET", "POST"]);
  expect(methodsOf("/extensions/a/start")).toEqual(["POST"]);
  expect(matchVerb("GET", "/extensions/a/start")).toBeUndefined();
});

test("a query cannot reach the prototype", () => {
  const input = matchVerb("GET", "/extensions?__proto__=x&constructor=y")?.input ?? {};
  expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
});
