import { writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { cases } from "./cases.ts";
import type { Outcome } from "./case.ts";

const caseMs = 10_000;
const failures: Record<string, string | null> = {};

function write(): void {
  const outcome: Outcome = { platform: process.platform, node: process.version, failures };
  writeFileSync(process.env["BOWSPRIT_RESULT"] ?? "", JSON.stringify(outcome));
}

// A failure outside a case is no case's result: the exit code tells of it.
process.on("uncaughtException", (reason) => {
  console.error(reason);
  process.exit(1);
});

/** A case that never ends is a failure of its own, and the next one has its turn. */
async function withDeadline(run: () => Promise<void>): Promise<void> {
  const deadline = setTimeout(caseMs, undefined).then(() => {
    throw new Error(`no end within ${caseMs} ms`);
  });
  await Promise.race([run(), deadline]);
}

for (const [name, run] of cases) {
  const began = performance.now();
  failures[name] = await withDeadline(run).then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  );
  console.log(`${failures[name] === null ? "ok" : "not ok"} ${name} (${Math.round(performance.now() - began)} ms)`);
  write();
}
process.exit(0);
