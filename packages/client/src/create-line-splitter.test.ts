import { expect, it } from "vitest";
import { createLineSplitter } from "./create-line-splitter.ts";

function linesOf(pieces: Iterable<string>): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return lines;
}

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["", []],
  ["a", ["a"]],
  ["a\n", ["a"]],
  ["a\nb", ["a", "b"]],
  ["a\r\nb\r\n", ["a", "b"]],
  ["\n", [""]],
  ["\r\n\r\n", ["", ""]],
  ["a\n\nb\n", ["a", "", "b"]],
  ["50%\r60%\rdone\n", ["50%\r60%\rdone"]],
  ["a\r\r\nb\r", ["a\r", "b\r"]],
];

it.each(cases)("splits %j into %j", (text, lines) => {
  expect(linesOf([text])).toEqual(lines);
});

it.each(cases)("splits %j into %j wherever it is cut in two", (text, lines) => {
  for (let at = 0; at <= text.length; at += 1) expect(linesOf([text.slice(0, at), text.slice(at)])).toEqual(lines);
});

it.each(cases)("splits %j into %j, one character at a time", (text, lines) => {
  expect(linesOf(text)).toEqual(lines);
});

it("hands on a line as soon as its end has come", () => {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  splitter.push("a\nb");
  expect(lines).toEqual(["a"]);
  splitter.push("\n");
  expect(lines).toEqual(["a", "b"]);
});

// Looking at what was kept with every piece would take half a trillion steps here.
it("looks at no character twice when a line comes in a million pieces", () => {
  function* pieces() {
    for (let count = 0; count < 1_000_000; count += 1) yield "x";
  }
  expect(linesOf(pieces())).toEqual(["x".repeat(1_000_000)]);
});
