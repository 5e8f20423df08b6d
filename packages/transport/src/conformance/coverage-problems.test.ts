import { expect, it } from "vitest";
import { coverageProblems } from "./coverage-problems.ts";
import { requirements } from "./requirements.ts";
import { verifications } from "./verifications.ts";

const required = [
  { id: "a", says: "A." },
  { id: "b", says: "B." },
];

it("every requirement is verified once, and nothing else is", () => {
  expect(
    coverageProblems(
      requirements,
      verifications.map(({ id }) => id),
    ),
  ).toEqual([]);
});

it.each([
  ["a requirement without a test", ["a"], "b is required, and nothing verifies it"],
  ["a test of nothing", ["a", "b", "c"], "c is verified, and nothing requires it"],
  ["two tests of one thing", ["a", "b", "b"], "b is verified twice"],
])("names %s", (_, verified, problem) => {
  expect(coverageProblems(required, verified)).toEqual([problem]);
});

it("names an id that is required twice", () => {
  expect(coverageProblems([...required, { id: "a", says: "Again." }], ["a", "b"])).toEqual(["a is required twice"]);
});
