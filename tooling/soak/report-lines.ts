import type { Ends, Verdict } from "./ledger/judge-ledgers.ts";
import { shareOfFaults } from "./ledger/share-of-faults.ts";
import { faultTable } from "./plan/fault-table.ts";
import type { Measures } from "./run-soak.ts";

/** The report of a run, line by line. */
export function reportLines(verdict: Verdict, measures: Measures): readonly string[] {
  const { seconds, kills, descriptors, rssBytes } = measures;
  const { all, share } = shareOfFaults(verdict.ends);
  const { lost, doubled, crossed, wrong } = verdict.counts;
  return [
    ...faultLines(verdict.ends),
    ...endLines(verdict.ends),
    `faults on purpose: ${(share * 100).toFixed(2)} % of ${all} requests`,
    `kills of the backend: ${kills}, which ended ${verdict.killed} requests otherwise than planned`,
    `rate: ${Math.round(all / seconds)} requests a second for ${seconds.toFixed(1)} s`,
    `memory: ${mebibytes(rssBytes.begin)} MiB, ${mebibytes(rssBytes.tenth)} after a tenth, ${mebibytes(rssBytes.end)} at the end`,
    `descriptors: ${descriptors.begin}, at most ${descriptors.most}, ${descriptors.end} at the end`,
    ...verdict.disagreements,
    `${lost} lost, ${doubled} doubled, ${crossed} crossed, ${wrong} otherwise wrong`,
  ];
}

function faultLines(ends: Ends): readonly string[] {
  return Object.entries(faultTable).flatMap(([name, { row }]) => {
    const found = [...(ends.get(name as keyof typeof faultTable) ?? [])];
    const count = found.reduce((sum, [, times]) => sum + times, 0);
    const ways = found.map(([end, times]) => `${end} ${times}`).join(", ");
    return `${name.padEnd(17)} ${(row ?? "").padEnd(4)} ${String(count).padStart(8)}  ${ways}`;
  });
}

function endLines(ends: Ends): readonly string[] {
  const totals = new Map<string, number>();
  for (const ofFault of ends.values())
    for (const [end, times] of ofFault) totals.set(end, (totals.get(end) ?? 0) + times);
  return [`ends: ${[...totals].map(([end, times]) => `${end} ${times}`).join(", ")}`];
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0);
}
