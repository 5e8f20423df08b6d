import { expect, test } from "vitest";
import { runSwapRace } from "../swap-race/run-swap-race.ts";

test("X13: a name that is swapped while it is dialled never leads to the socket that a link points at", async ({
  skip,
}) => {
  skip(process.platform !== "linux", "needs /proc, as on Linux");
  const { outcomes, evil, naiveEvil } = await runSwapRace(10_000);
  expect(evil).toBe(0);
  // The race is one: looking first and then dialling the name falls for it.
  expect(naiveEvil).toBeGreaterThan(0);
  expect(Object.keys(outcomes).toSorted()).toEqual(["ENDPOINT_FORBIDDEN", "ENDPOINT_INVALID", "connected"]);
});
