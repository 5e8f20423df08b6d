import { expect, test } from "vitest";
import { closingLines } from "./closing-lines.ts";

test("a run closes with its counts", () => {
  expect(closingLines({ passed: 12, failed: 0, skips: [] }, { strict: true })).toEqual(["12 passed, 0 failed"]);
});

test("each skip is named with its reason before the counts", () => {
  const skips = [
    { name: "a.test.ts > uses Wine", reason: "there is no Wine; apt-get install wine64" },
    { name: "b.test.ts > other", reason: undefined },
  ];
  expect(closingLines({ passed: 1, failed: 2, skips }, { strict: false })).toEqual([
    "skipped: a.test.ts > uses Wine: there is no Wine; apt-get install wine64",
    "skipped: b.test.ts > other: no reason given",
    "1 passed, 2 failed, 2 skipped",
  ]);
});

test("where a skip is a failure it is said to be one", () => {
  const lines = closingLines({ passed: 1, failed: 0, skips: [{ name: "a", reason: "b" }] }, { strict: true });
  expect(lines.slice(1)).toEqual([
    "Here a skip is a failure: this machine is meant to carry every suite.",
    "1 passed, 0 failed, 1 skipped",
  ]);
});
