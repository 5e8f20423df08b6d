import { expect, it } from "vitest";
import { createTurnstile } from "./create-turnstile.ts";

it("lets one through at a time, in order, past those that failed", async () => {
  const turnstile = createTurnstile();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} in`);
    await new Promise(setImmediate);
    seen.push(`${name} out`);
    if (name === "a") throw new Error("a fails");
  };
  await Promise.allSettled(["a", "b", "c"].map((name) => turnstile.pass("key", work(name))));
  expect(seen).toEqual(["a in", "a out", "b in", "b out", "c in", "c out"]);
});

it("never lets one line wait for another", async () => {
  const turnstile = createTurnstile();
  const stuck = Promise.withResolvers<void>();
  const first = turnstile.pass("one", () => stuck.promise);
  expect(await turnstile.pass("other", () => Promise.resolve("through"))).toBe("through");
  stuck.resolve();
  await first;
});
