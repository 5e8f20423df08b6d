import { expect, it } from "vitest";
import { flattenHeaders, overrideHeaders } from "./request-headers.ts";

it("keeps order, spelling and duplicates", () => {
  expect(
    flattenHeaders([
      ["X-B", "1"],
      ["x-a", "2"],
      ["X-B", "3"],
    ]),
  ).toEqual(["X-B", "1", "x-a", "2", "X-B", "3"]);
  expect(flattenHeaders({ Accept: "*/*" })).toEqual(["Accept", "*/*"]);
});

it.each([
  "Connection",
  "keep-alive",
  "Transfer-Encoding",
  "Content-Length",
  "Upgrade",
  "TE",
  "Trailer",
  "Proxy-Connection",
  "HOST",
  "Expect",
])("drops %s, which is not the caller's to say", (name) => {
  expect(
    flattenHeaders([
      [name, "x"],
      ["kept", "y"],
    ]),
  ).toEqual(["kept", "y"]);
});

it("drops what the caller's Connection field names, and nothing of the client's own", () => {
  const own = flattenHeaders([
    ["connection", "close, X-Secret"],
    ["x-secret", "1"],
    ["x-other", "2"],
  ]);
  expect(overrideHeaders(["x-secret", "ours"], own)).toEqual(["x-secret", "ours", "x-other", "2"]);
});

it("lets a request say a default anew, in any spelling", () => {
  expect(overrideHeaders(["Accept", "a", "X", "1", "accept", "b"], ["ACCEPT", "c"])).toEqual(["X", "1", "ACCEPT", "c"]);
});

it.each([
  ["a value with a line end", ["x", "a\r\nb: c"]],
  ["a value with a lone line feed", ["x", "a\nb"]],
  ["a value with a zero", ["x", "a\0b"]],
  ["a value beyond Latin-1", ["x", "\u{1F600}"]],
  ["a name with a space", ["x y", "1"]],
  ["a name with a colon", ["x:y", "1"]],
  ["an empty name", ["", "1"]],
] as const)("refuses %s", (_, field) => {
  expect(() => flattenHeaders([field])).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});

it("takes a value that is not a string for a mistake of the program", () => {
  const headers = JSON.parse('{"x":1}') as Record<string, string>;
  expect(() => flattenHeaders(headers)).toThrow(TypeError);
});
