import { expect, it } from "vitest";
import { foldName } from "./fold-name.ts";

it.each([
  ["README", "readme"],
  ["stra\u00dfe", "STRASSE"],
  ["\u1e9e", "ss"],
  ["\u00e9", "E\u0301"],
  ["\ufb01le", "FILE"],
  ["\u03c3", "\u03c2"],
  ["\u212a", "k"],
  ["\u017f", "S"],
  ["\u0130", "i"],
  ["\u0131", "I"],
  ["a\u200db", "ab"],
  ["a\u00adb", "ab"],
  ["\ufe0f\u2764", "\u2764"],
])("takes %s and %s for one name", (a, b) => {
  expect(foldName(a)).toBe(foldName(b));
});

it.each([
  ["a", "b"],
  ["a-b", "ab"],
  ["e", "\u00e9"],
  ["o", "\u00f8"],
  ["1", "\u2460"],
  ["\ud83d\ude80", "\ud83d\ude81"],
])("keeps %s and %s apart", (a, b) => {
  expect(foldName(a)).not.toBe(foldName(b));
});
