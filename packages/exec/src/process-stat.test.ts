import { describe, expect, test } from "vitest";
import { parseProcessStat } from "./process-stat.ts";

const rest = "1 77 66 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 20 18446744073709551615";

describe("parseProcessStat", () => {
  test.each(["node", "a b", "evil) S 1 1 1", "(x)", ""])("reads the line of a program called %j", (name) => {
    expect(parseProcessStat(`42 (${name}) S ${rest}\n`)).toEqual({
      alive: true,
      group: 77,
      session: 66,
      startTicks: "987654",
    });
  });

  test.each(["Z", "X", "x"])("takes a process in state %s for dead", (state) => {
    expect(parseProcessStat(`42 (node) ${state} ${rest}`)).toMatchObject({ alive: false });
  });

  test.each(["", "42 (node", "42 (node) S 1 2"])("makes nothing of %j", (line) => {
    expect(parseProcessStat(line)).toBeUndefined();
  });
});
