import type { Sample, Samples } from "./measure.ts";
import { ours, reference } from "./peer.ts";
import { type Scenario, smallScenarios } from "./scenarios.ts";
import { ratioOf, type Spread, spreadOf } from "./spread.ts";

type Figure = keyof Sample;

interface Goal {
  readonly peer: string;
  readonly figure: Figure;
  /** Of ours to that peer: at most this for processor time, at least this for requests a second. */
  readonly ratio: number;
}

const goals: readonly Goal[] = [
  { peer: reference, figure: "us", ratio: 1.1 },
  { peer: "axios", figure: "perSecond", ratio: 8 },
  { peer: "got", figure: "perSecond", ratio: 8 },
];

const wording = { us: ["CPU", "at most"], perSecond: ["requests/s", "at least"] } as const;

/** The figures of one scenario as a table, then its goals and whether they were met. */
export function report(scenario: Scenario, samples: Samples): string {
  const rows = [...samples.keys()].map((name) => {
    const compared = (figure: Figure): string => show(compare(samples, [name, reference], figure), 2);
    const [us, perSecond] = [figuresOf(samples, name, "us"), figuresOf(samples, name, "perSecond")];
    return row(name, [show(spreadOf(us), 1), compared("us"), show(spreadOf(perSecond), 0), compared("perSecond")]);
  });
  const verdicts = smallScenarios.includes(scenario) ? goals.map((goal) => judge(goal, samples)) : [];
  const header = row("", ["CPU µs a request", `× ${reference}`, "requests/s", `× ${reference}`]);
  return [scenario.name, "", header, ...rows, "", ...verdicts].join("\n");
}

function figuresOf(samples: Samples, name: string, figure: Figure): readonly number[] {
  return (samples.get(name) ?? []).map((sample) => sample[figure]);
}

function compare(samples: Samples, [name, other]: readonly [string, string], figure: Figure): Spread {
  return ratioOf(figuresOf(samples, name, figure), figuresOf(samples, other, figure));
}

function judge({ peer, figure, ratio }: Goal, samples: Samples): string {
  const [what, bound] = wording[figure];
  const goal = `goal: ${what} of ${ours} ${bound} ${ratio} × ${peer}`;
  const { median, least, most } = compare(samples, [ours, peer], figure);
  if (Number.isNaN(median)) return `${goal}: not measured`;
  const isMet = figure === "us" ? median <= ratio : median >= ratio;
  return `${goal}: ${show({ median, least, most }, 2)} ×, ${isMet ? "met" : "not met"}`;
}

function show({ median, least, most }: Spread, digits: number): string {
  if (Number.isNaN(median)) return "–";
  return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(17) + cells.map((cell) => cell.padStart(25)).join("");
}
