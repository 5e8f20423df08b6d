import { expect, it } from "vitest";
import { createTextReader } from "./create-text-reader.ts";

function textsOf(pieces: readonly Uint8Array[], splitLines: boolean): string[] {
  const texts: string[] = [];
  const reader = createTextReader((text) => texts.push(text), { splitLines });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return texts;
}

const text = "aä€😀\r\n漢字\nend";
const bytes = new TextEncoder().encode(text);

it("puts characters together again wherever their bytes were cut", () => {
  for (let at = 0; at <= bytes.length; at += 1) {
    const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
    expect(textsOf(pieces, false).join("")).toBe(text);
    expect(textsOf(pieces, true)).toEqual(["aä€😀", "漢字", "end"]);
  }
});

it("puts characters together again that came byte by byte, and hands on no empty text", () => {
  const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
  expect(textsOf(pieces, false)).toEqual(Array.from(text));
  expect(textsOf(pieces, true)).toEqual(["aä€😀", "漢字", "end"]);
});

it("shows half a character at the end for what it is", () => {
  expect(textsOf([Uint8Array.of(0x61, 0xe2, 0x82)], false).join("")).toBe("a\ufffd");
  expect(textsOf([Uint8Array.of(0x61, 0xe2, 0x82)], true)).toEqual(["a\ufffd"]);
});

it("keeps a byte order mark, as a program wrote it", () => {
  expect(textsOf([Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)], false)).toEqual(["\ufeffa"]);
});
