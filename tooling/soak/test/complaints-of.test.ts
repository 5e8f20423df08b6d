import { expect, it } from "vitest";
import { complaintsOf } from "../complaints-of.ts";
import type { End } from "../plan/fault.ts";
import type { Verdict } from "../ledger/judge-ledgers.ts";

const answered = new Map<End, number>([["answered", 95]]);
const lost = new Map<End, number>([["CONNECTION_LOST", 5]]);
const verdict: Verdict = {
  counts: { lost: 0, doubled: 0, crossed: 0, wrong: 0 },
  disagreements: [],
  ends: new Map([
    ["none", answered],
    ["close", lost],
  ]),
  killed: 0,
  agrees: true,
};
const descriptors = { begin: 20, most: 220, end: 22 };

it("has none where all is as it must be", () => {
  expect(complaintsOf(verdict, { descriptors })).toEqual([]);
});

it("names disagreements, too few faults, and descriptors that stayed open", () => {
  expect(complaintsOf({ ...verdict, counts: { ...verdict.counts, lost: 2 } }, { descriptors })).toEqual(["2 lost"]);
  const ends = new Map([...verdict.ends, ["none", new Map<End, number>([["answered", 96]])] as const]);
  expect(complaintsOf({ ...verdict, ends }, { descriptors })).toEqual(["less than 5 % faults"]);
  expect(complaintsOf(verdict, { descriptors: { ...descriptors, end: 23 } })).toEqual([
    "20 descriptors at the beginning, 23 at the end",
  ]);
  expect(complaintsOf(verdict, { descriptors: { ...descriptors, most: 221 } })).toEqual(["221 descriptors on the way"]);
});
