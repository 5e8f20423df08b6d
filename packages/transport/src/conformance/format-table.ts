import { requirements } from "./requirements.ts";
import type { ConformanceReport, Verdict } from "./run-conformance.ts";

const marks: Readonly<Record<Verdict["outcome"], string>> = { passed: "✓", skipped: "–", failed: "✗ FAILED" };

/** Requirements × subjects as a Markdown table, closed by the numbers of each column. */
export function formatTable(reports: readonly ConformanceReport[]): string {
  const names = reports.map(({ name }) => name);
  const rows = requirements.map(({ id, says }) => [`\`${id}\``, says, ...reports.map((report) => markOf(report, id))]);
  const totals = ["", "run + skipped", ...reports.map((report) => totalOf(report))];
  return [["requirement", "what it says", ...names], ["---", "---", ...names.map(() => ":-:")], ...rows, totals]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

function markOf({ verdicts }: ConformanceReport, id: string): string {
  const verdict = verdicts[id];
  return verdict === undefined ? "not run" : marks[verdict.outcome];
}

function totalOf({ verdicts }: ConformanceReport): string {
  const outcomes = Object.values(verdicts).map(({ outcome }) => outcome);
  if (outcomes.length === 0) return "not run";
  const skipped = outcomes.filter((outcome) => outcome === "skipped").length;
  return `${outcomes.length - skipped} + ${skipped}`;
}
