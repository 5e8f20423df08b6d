// How much processor time the command line costs before it does anything, against bare Node and two well-known argument parsers.
// Usage: node tooling/bench/cli/main.ts [--runs N]. Needs a build. Linux only: the figures are the kernel's own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { runs: { type: "string", default: "40" } } });
const runs = Number(values.runs);
const goal = 1.4;
const home = mkdtempSync(join(tmpdir(), "bowsprit-bench-"));
const program = join(import.meta.dirname, "../../../packages/cli/dist/bin.js");
const peer = (name: string): readonly string[] => [join(import.meta.dirname, "peers", `${name}.js`), "--version"];

const candidates: Readonly<Record<string, readonly string[]>> = {
  "bare node": ["-e", "0"],
  "bowsprit --version": [program, "--version"],
  "bowsprit ls": [program, "--home", home, "ls"],
  "commander --version": peer("commander-program"),
  "yargs --version": peer("yargs-program"),
};

/** Milliseconds of processor time of all children that were waited for, from /proc/self/stat (fields 16 and 17, 10 ms a tick). */
function childrenMs(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function runOnce(name: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [...args], { stdio: ["ignore", "ignore", "pipe"] });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.toString()}`);
}

/** In turn rather than one after the other, so that a change of the machine's speed falls on all alike. */
function measure(): ReadonlyMap<string, number> {
  const totals = new Map<string, number>(Object.keys(candidates).map((name) => [name, 0]));
  const block = 5;
  for (const [name, args] of Object.entries(candidates)) runOnce(name, args);
  for (let done = 0; done < runs; done += block) {
    for (const [name, args] of Object.entries(candidates)) {
      const before = childrenMs();
      for (let run = 0; run < block; run += 1) runOnce(name, args);
      totals.set(name, (totals.get(name) ?? 0) + childrenMs() - before);
    }
  }
  return totals;
}

try {
  const totals = measure();
  const base = totals.get("bare node") ?? Number.NaN;
  console.log(
    `processor time a run, mean of ${runs}, Node ${process.versions.node}; goal: bowsprit at most ${goal} × bare node\n`,
  );
  for (const [name, total] of totals) {
    console.log(`${name.padEnd(22)} ${(total / runs).toFixed(1).padStart(7)} ms  ${(total / base).toFixed(2)} ×`);
  }
} finally {
  rmSync(home, { recursive: true });
}
