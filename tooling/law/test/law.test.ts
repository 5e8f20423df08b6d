import { beforeAll, expect, test } from "vitest";
import { houseCases } from "./house-cases.ts";
import { lawCases } from "./law-cases.ts";
import { lintCases, type Findings } from "./lint-cases.ts";

const cases = [...lawCases, ...houseCases];
let findings: Findings = new Map();

beforeAll(async () => {
  findings = await lintCases(cases);
}, 60_000);

test("no case hides another", () => {
  expect(new Set(cases.map(({ file }) => file)).size).toBe(cases.length);
});

test.each([...new Set(cases.map(({ sentence }) => sentence))])("the lint knows: %s", (sentence) => {
  const wrong = cases
    .filter((one) => one.sentence === sentence)
    .filter(({ file, rule, allowed }) => (findings.get(file) ?? []).includes(rule) === allowed)
    .map(({ file, allowed }) => `${file} must ${allowed ? "pass" : "fail"}`);
  expect(wrong).toEqual([]);
});
