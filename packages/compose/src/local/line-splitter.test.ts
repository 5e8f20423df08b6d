import { expect, test } from "vitest";
import { createLineSplitter } from "./line-splitter.ts";

function split(chunks: readonly (string | Uint8Array)[]): readonly string[] {
  const splitter = createLineSplitter();
  const lines = chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk)));
  return [...lines, ...splitter.end()];
}

test("cuts at LF and CRLF, keeps empty lines, and gives the last line without an end", () => {
  expect(split(["a\nb\r\n\nc"])).toEqual(["a", "b", "", "c"]);
  expect(split(["a\r", "\nb\n"])).toEqual(["a", "b"]);
  expect(split([])).toEqual([]);
});

test("joins characters and lines that come byte by byte", () => {
  const bytes = Buffer.from("zoë ☃\n🎏 end\n");
  expect(split([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(["zoë ☃", "🎏 end"]);
});

test("cuts a line without an end at 64 KiB, between two characters", () => {
  const lines = split(["a".repeat(65_534), "🎏".repeat(40_000), "\nnext"]);
  expect(lines.at(0)).toBe("a".repeat(65_534));
  expect(lines.slice(0, -1).join("")).toBe(`${"a".repeat(65_534)}${"🎏".repeat(40_000)}`);
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(65_536);
  expect(lines.at(-1)).toBe("next");
});

test("cuts bytes that are no characters at all", () => {
  expect(split([Buffer.alloc(200_000, 0x80)]).length).toBe(4);
});
