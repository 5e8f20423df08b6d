import { expect, it } from "vitest";
import { judgeName } from "./judge-name.ts";

it.each([
  "index.html",
  ".env",
  "a b",
  "a..b",
  "@scope",
  "[id]+page~1.svelte",
  "console",
  "auxiliary.js",
  "com",
  "com10",
  "a$b",
  "\u00e9\ud83d\ude80",
  "x.con",
  "-rf",
])("takes %s", (name) => {
  expect(judgeName(Buffer.from(name).toString("latin1"))).toBeUndefined();
});

it.each([
  ["con", "device"],
  ["Nul .txt", "device"],
  ["COM\u00b9", "device"],
  ["conin$", "device"],
  ["lpt9.x.y", "device"],
  ["..", "dot or a blank"],
  ["a\u00a0.", "dot or a blank"],
  ["a|b", "Windows reads"],
  ["a?", "Windows reads"],
  ["a\u061cb", "no name may hold"],
  ["a\u2028b", "no name may hold"],
  ["\ufeffa", "no name may hold"],
  ["a\x7f", "no name may hold"],
  [".wh.a", "begins with .wh."],
])("refuses %j", (name, words) => {
  expect(judgeName(Buffer.from(name).toString("latin1"))).toContain(words);
});

it.each(["\xff", "\xc0\xaf", "\xed\xa0\x80", "a\xe2\x82"])("refuses %j, which is not UTF-8", (name) => {
  expect(judgeName(name)).toBe("its name is not UTF-8");
});
