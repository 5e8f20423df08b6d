import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

it("lets one through at a time, in order, past those that failed", async () => {
  const turns = createTurns();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} in`);
    await Promise.resolve();
    seen.push(`${name} out`);
    if (name === "a") throw new Error("a fails");
  };
  await Promise.allSettled(["a", "b", "c"].map((name) => turns("key", work(name))));
  expect(seen).toEqual(["a in", "a out", "b in", "b out", "c in", "c out"]);
});

it("never lets one line wait for another", async () => {
  const turns = createTurns();
  const stuck = Promise.withResolvers<void>();
  const first = turns("one", () => stuck.promise);
  expect(await turns("other", () => Promise.resolve("through"))).toBe("through");
  stuck.resolve();
  await first;
});
