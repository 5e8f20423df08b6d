import { parseArgs } from "node:util";
import { runSwapRace } from "./run-swap-race.ts";

// The race of X11–X13 in full: `pnpm soak:swap-race [--rounds N]`.
const { values } = parseArgs({ options: { rounds: { type: "string", default: "100000" } } });
const { rounds, outcomes, swaps, evil, naiveEvil } = await runSwapRace(Number(values.rounds));
console.log(`${rounds} dials while the name was swapped ${swaps} times`);
for (const [outcome, count] of Object.entries(outcomes)) console.log(`  ${outcome}: ${count}`);
console.log(
  `streams that reached the linked socket: ${evil}; by a look and then the name: ${naiveEvil} of ${Math.ceil(rounds / 4)}`,
);
if (evil > 0 || naiveEvil === 0) process.exitCode = 1;
