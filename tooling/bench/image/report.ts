import type { Measurement } from "./measure.ts";

interface Goal {
  readonly peer: string;
  readonly most: number;
}

const ours = "bowsprit tar reader";
const gnu = "GNU tar + sha256sum";

/** Whoever adds a peer adds its goal: 0.4 for docker create + cp, 0.3 for skopeo + umoci. */
const goals: readonly Goal[] = [{ peer: gnu, most: 1 }];

/** The figures as a table, then each goal and whether it was met, by the clock and by the processor. */
export function report(measured: readonly Measurement[], rounds: number): string {
  const of = (name: string): Measurement | undefined => measured.find((one) => one.name === name);
  const base = of(gnu);
  const rows = measured.map(({ name, wall, cpu, start, rss }) =>
    row(name, [
      wall.toFixed(0),
      cpu.toFixed(0),
      (wall / (base?.wall ?? Number.NaN)).toFixed(2),
      (cpu / (base?.cpu ?? Number.NaN)).toFixed(2),
      told(start),
      told(rss),
    ]),
  );
  const verdicts = goals.map(({ peer, most }) => {
    const [mine, theirs] = [of(ours), of(peer)];
    const goal = `goal: ${ours} at most ${most} × ${peer}`;
    if (mine === undefined || theirs === undefined) return `${goal}: not measured`;
    const [wall, cpu] = [mine.wall / theirs.wall, mine.cpu / theirs.cpu];
    return `${goal}: ${wall.toFixed(2)} × by the clock, ${cpu.toFixed(2)} × CPU, ${Math.max(wall, cpu) <= most ? "met" : "not met"}`;
  });
  return [
    `three layers, 5,000 files, 307 MB: each listed and digested; median of ${rounds} rounds, Node ${process.versions.node}`,
    "",
    row("", ["wall ms", "CPU ms", "× GNU wall", "× GNU CPU", "start ms", "RSS MiB"]),
    ...rows,
    "",
    ...verdicts,
  ].join("\n");
}

function told(value: number): string {
  return Number.isNaN(value) ? "-" : value.toFixed(0);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(22) + cells.map((cell) => cell.padStart(12)).join("");
}
