import { describe, expect, test } from "vitest";
import { BowspritError } from "./bowsprit-error.ts";
import { readJsonDocument } from "./json-document.ts";

const read = (text: string, maxBytes = 262_144): unknown =>
  readJsonDocument(new TextEncoder().encode(text), { what: "metadata.json", maxBytes });

function failureOf(action: () => unknown): BowspritError {
  try {
    action();
  } catch (error) {
    if (BowspritError.is(error)) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("readJsonDocument", () => {
  test("reads what JSON.parse reads", () => {
    const text = '\n{"a": [1, -0.5e3, true, null, "x\\u00e9\\n"], "": {}, "b": []}\t';
    expect(read(text)).toEqual(JSON.parse(text));
  });

  test("M04 accepts a byte order mark", () => {
    expect(read('\ufeff{"a": 1}')).toEqual({ a: 1 });
  });

  test.each([
    ["M02", "", "1:1", "empty"],
    ["M02", " \n ", "2:2", "empty"],
    ["M03", "<!doctype html>", "1:1", "is not JSON"],
    ["M03", '{\n  "ui": {,\n}', "2:10", "a key in double quotes"],
    ["M06", '{"a": 1,}', "1:9", "a key in double quotes"],
    ["M06", "[1,]", "1:4", "a value"],
    ["M06", '{"a": 1 // one\n}', "1:9", "is not JSON"],
    ["M06", '{"a": NaN}', "1:7", "is not JSON"],
    ["M06", "{'a': 1}", "1:2", "is not JSON"],
    ["M06", '{"a": 01}', "1:8", "a comma or }"],
    ["M06", '{"a" 1}', "1:6", "a colon"],
    ["M06", '["a": 1]', "1:5", "a comma or ]"],
    ["M06", '{"a": "b\nc"}', "1:7", "not closed"],
    ["M06", '{"a": 1} {}', "1:10", "after the end"],
    ["M06", '{"a": 1', "1:8", "too early"],
    ["M10", '{"ui": 1,\n "ui": 2}', "2:2", "twice"],
    ["M10", '{"ui": 1, "\\u0075i": 2}', "1:11", "twice"],
    ["M11", '{"a": {"__proto__": {"x": 1}}}', "1:8", "not allowed"],
    ["M11", '{"\\u005f_proto__": {"x": 1}}', "1:2", "not allowed"],
    ["M11", '{"constructor": {"prototype": {"x": 1}}}', "1:2", "not allowed"],
    ["M11", '{"prototype": 1}', "1:2", "not allowed"],
  ])("%s refuses %j, naming %s", (...[, text, place, why]) => {
    const error = failureOf(() => read(text));
    expect(error.code).toBe("METADATA_INVALID");
    expect(error.message).toContain(`read metadata.json: ${place}: `);
    expect(error.message).toContain(why);
    expect(`${String(error.details["line"])}:${String(error.details["column"])}`).toBe(place);
  });

  test("M11 leaves the prototype of every object alone", () => {
    failureOf(() => read('{"__proto__": {"polluted": true}}'));
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("takes the same key in two objects for two keys", () => {
    expect(read('{"a": {"x": 1}, "b": {"x": 2}, "c": [{"x": 3}, {"x": 4}]}')).toMatchObject({ b: { x: 2 } });
  });

  test.each([
    ["UTF-16 little endian", [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
    ["UTF-16 big endian", [0xfe, 0xff, 0x00, 0x7b, 0x00, 0x7d]],
    ["a lone continuation byte", [0x7b, 0x80, 0x7d]],
    ["an overlong form", [0x22, 0xc0, 0xaf, 0x22]],
    ["a surrogate in UTF-8", [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])("M05 refuses %s", (_name, bytes) => {
    const error = failureOf(() => readJsonDocument(Uint8Array.from(bytes), { what: "x", maxBytes: 100 }));
    expect(error).toMatchObject({ code: "METADATA_INVALID", message: "read x: not UTF-8" });
  });

  test("M08 refuses a document over its limit before it reads it, and reads one of exactly the limit", () => {
    expect(failureOf(() => read("{".repeat(11), 10)).message).toBe(
      "read metadata.json: 11 bytes, more than the limit of 10",
    );
    expect(read(`"${"x".repeat(98)}"`, 100)).toHaveLength(98);
  });

  test("M09 refuses depth 33 and depth 100,000 alike, and reads depth 32", () => {
    expect(read("[".repeat(32) + "]".repeat(32))).toBeInstanceOf(Array);
    expect(failureOf(() => read("[".repeat(33) + "]".repeat(33))).message).toContain("1:33: nested more than 32 deep");
    expect(failureOf(() => read("[".repeat(100_000))).message).toContain("nested more than 32 deep");
    expect(failureOf(() => read('{"a":'.repeat(10_000))).message).toContain("nested more than 32 deep");
  });

  test("reads a text that fills the limit", () => {
    const text = `"${"\\n".repeat(131_000)}"`;
    expect(read(text)).toHaveLength(131_000);
    expect(failureOf(() => read(text.slice(0, -1))).message).toContain("not closed");
  });

  test("raises the code it was given", () => {
    const error = failureOf(() =>
      readJsonDocument(new Uint8Array(), { what: "extensions.json", maxBytes: 10, code: "HOME_UNUSABLE" }),
    );
    expect(error.code).toBe("HOME_UNUSABLE");
  });

  test("accepts and refuses the same mutations as JSON.parse, but for the keys and depths that are ours to refuse", () => {
    const seed = '{"a": [1, -2.5e+3, "\\u00e9\\"x", true], "b": {"c": null, "d": []}, "e": "f"}';
    const alphabet = Array.from('{}[]",:\\0123456789.eE+-truefalsn \n\tux/\u0001\u0085');
    let accepted = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const text = mutate(seed, alphabet, round);
      const expected = parseOrUndefined(text);
      const actual = readOrUndefined(text);
      if (actual?.why?.includes("twice") === true) continue;
      expect({ text, value: actual?.value }).toEqual({ text, value: expected?.value });
      if (actual?.value !== undefined) accepted += 1;
    }
    expect(accepted).toBeGreaterThan(500);
  });
});

/** The same numbers on every run: a small linear congruential sequence. */
function mutate(seed: string, alphabet: readonly string[], round: number): string {
  let state = round * 7919 + 17;
  const next = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
  let text = seed;
  for (let change = 0; change <= round % 3; change += 1) {
    const at = next(text.length);
    const inserted = next(3) === 0 ? "" : (alphabet[next(alphabet.length)] ?? "");
    text = text.slice(0, at) + inserted + text.slice(at + next(2));
  }
  return text;
}

function parseOrUndefined(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function readOrUndefined(text: string): { value?: unknown; why?: string } | undefined {
  try {
    return { value: read(text) };
  } catch (error) {
    return { why: BowspritError.from(error).message };
  }
}
