import { expect, it } from "vitest";
import { runFuzz } from "./run-fuzz.ts";

const inputs = 200_000;
const seed = Date.now() % 1_000_000_007;
const nodeVersion = Number(process.versions.node.split(".")[0]);

it.skipIf(nodeVersion < 24)(
  `reads ${inputs} mutated archives, seed ${seed}, or refuses them, and keeps nothing (skipped before Node 24)`,
  { timeout: 120_000 },
  async () => {
    const { tally, grown } = await runFuzz(seed, inputs);
    expect(Object.values(tally).reduce((sum, count) => sum + count)).toBe(inputs);
    expect(grown).toBeLessThan(4 * 1024 ** 2);
    // A run that meets one refusal alone says nothing about the others.
    expect(tally["read"]).toBeGreaterThan(inputs / 20);
    expect(Object.keys(tally).length).toBeGreaterThan(25);
  },
);
