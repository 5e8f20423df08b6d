// Mutated archives by the million: `pnpm fuzz:image [--inputs N] [--seed N]`. Needs Node 24, which runs the sources as they are.
import { parseArgs } from "node:util";
import { runFuzz } from "./run-fuzz.ts";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_007) },
  },
});
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
console.log(`${inputs} mutated tar archives, seed ${seed}, Node ${process.version}`);
const begin = performance.now();
const { tally, grown } = await runFuzz(seed, inputs);
for (const [end, count] of Object.entries(tally).toSorted(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(9)}  ${end}`);
console.log(
  `${((performance.now() - begin) / 1000).toFixed(1)} s, ${grown} bytes more in use than after the first tenth`,
);
if (grown > 4 * 1024 ** 2) process.exitCode = 1;
