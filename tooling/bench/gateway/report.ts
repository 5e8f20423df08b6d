import type { Measurement } from "./measure.ts";

interface Goal {
  readonly peer: string;
  readonly most: number;
}

const ours = "bowsprit gateway";
const goals: readonly Goal[] = [
  { peer: "undici dispatch", most: 1.05 },
  { peer: "http-proxy", most: 0.35 },
  { peer: "http-proxy-3", most: 0.35 },
  { peer: "http-proxy, kept", most: 0.35 },
  { peer: "http-proxy-3, kept", most: 0.35 },
];

/** The figures as a table, then each goal and whether it was met. */
export function report(
  measured: readonly Measurement[],
  { requests, connections }: { readonly requests: number; readonly connections: number },
): string {
  const cost = (name: string): number => measured.find((one) => one.name === name)?.usPerRequest ?? Number.NaN;
  const rows = measured.map(({ name, usPerRequest, requestsPerSecond }) =>
    row(name, [
      usPerRequest.toFixed(1),
      (usPerRequest / cost("undici dispatch")).toFixed(2),
      (usPerRequest / cost("http-proxy")).toFixed(2),
      (usPerRequest / cost("http-proxy, kept")).toFixed(2),
      requestsPerSecond.toFixed(0),
    ]),
  );
  const verdicts = goals.map((goal) => judge(goal, cost(ours) / cost(goal.peer)));
  return [
    `processor time a request, median of blocks of ${requests} over ${connections} connections, Node ${process.versions.node}`,
    "",
    row("", ["CPU µs", "× dispatch", "× http-proxy", "× kept", "requests/s"]),
    ...rows,
    "",
    ...verdicts,
  ].join("\n");
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(22) + cells.map((cell) => cell.padStart(14)).join("");
}

function judge({ peer, most }: Goal, ratio: number): string {
  const goal = `goal: ${ours} at most ${most} × ${peer}`;
  if (Number.isNaN(ratio)) return `${goal}: not measured`;
  return `${goal}: ${ratio.toFixed(2)} ×, ${ratio <= most ? "met" : "not met"}`;
}
