// Sends requests by the million through faults of all kinds and compares two ledgers of them. See README.md.
// Usage: node tooling/soak/main.ts [--requests N] [--seed N] [--patience SECONDS]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { complaintsOf } from "./complaints-of.ts";
import { judgeLedgers } from "./ledger/judge-ledgers.ts";
import { readLines } from "./ledger/read-lines.ts";
import { faultOfRequest } from "./plan/plan-request.ts";
import { reportLines } from "./report-lines.ts";
import { ledgerNames, runSoak } from "./run-soak.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_007) },
    patience: { type: "string", default: "60" },
  },
});
const requests = readCount(values.requests);
const seed = readCount(values.seed);
const patienceMs = readCount(values.patience) * 1000;

const called = new AbortController();
process.once("SIGINT", () => called.abort("interrupted"));
process.once("SIGTERM", () => called.abort("terminated"));
// A fault that nobody caught is a failure of the run like any other: what was started must be ended.
process.on("uncaughtException", (error) => called.abort(error.stack ?? error));

const progressEvery = Math.max(5000, Math.floor(requests / 50));
const begin = performance.now();
let ended = 0;

const folder = await mkdtemp(join(tmpdir(), "bowsprit-soak-"));
let isRight = false;
try {
  isRight = await soak();
} catch (error) {
  console.log(`NOT in order: ${String(error)}`);
}
if (isRight) await rm(folder, { recursive: true });
else console.log(`the ledgers are kept in ${folder}`);
process.exitCode = isRight ? 0 : 1;

/** Runs, judges and reports; true when everything is as it must be. */
async function soak(): Promise<boolean> {
  console.log(`soak of the transport: ${requests} requests, seed ${seed}, Node ${process.version}`);
  const measures = await runSoak({ requests, seed, folder, patienceMs, signal: called.signal, onEnd });
  const client = readLines(join(folder, ledgerNames.client));
  const backend = readLines(join(folder, ledgerNames.backend));
  const verdict = judgeLedgers({ client, backend }, { requests, faultOf: (id) => faultOfRequest(seed, id) });
  console.log(reportLines(verdict, measures).join("\n"));
  const complaints = complaintsOf(verdict, measures);
  console.log(complaints.length === 0 ? "the ledgers agree" : `NOT in order: ${complaints.join(", ")}`);
  return complaints.length === 0;
}

function onEnd(): void {
  ended += 1;
  if (ended % progressEvery !== 0) return;
  const rss = Math.round(process.memoryUsage.rss() / 1024 ** 2);
  console.log(`${((performance.now() - begin) / 1000).toFixed(1)} s: ${ended} ended, ${rss} MiB`);
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new TypeError(`${JSON.stringify(text)} is not a count`);
  return Number(text);
}
