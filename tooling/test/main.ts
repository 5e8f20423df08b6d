import { startVitest } from "vitest/node";
import { closingLines } from "./closing-lines.ts";
import { tallyRun } from "./tally-run.ts";

// Runs every suite of the workspace, or those whose paths contain an argument, and closes with the line `N passed, N failed`.
const skipsAllowed = process.argv.includes("--allow-skips");
const filters = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const strict = Boolean(process.env["CI"]) && !skipsAllowed;

// A case that waits for an event has this long for it on a machine that runs everything at once; none waits for a time.
const patienceMs = 30_000;
const limits = { testTimeout: patienceMs, hookTimeout: patienceMs };

const vitest = await startVitest(filters, { run: true, watch: false, ...limits });
const tally = tallyRun(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
await vitest.close();

console.log(closingLines(tally, { strict }).join("\n"));
process.exitCode = tally.failed > 0 || tally.passed === 0 || (strict && tally.skips.length > 0) ? 1 : 0;
