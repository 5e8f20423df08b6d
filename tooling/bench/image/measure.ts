import { readFileSync } from "node:fs";
import type { Candidate } from "./candidate.ts";

export interface Measurement {
  readonly name: string;
  /** Milliseconds, medians of the rounds: by the clock, and of the processor. */
  readonly wall: number;
  readonly cpu: number;
  /** How much of that was there before anything was read, and MiB: NaN where they are not told. */
  readonly start: number;
  readonly rss: number;
}

type Round = Omit<Measurement, "name">;

/** What every candidate must answer: the digests, and the entries, unless it takes them on trust. */
export interface Expected {
  readonly digests: readonly string[];
  readonly entries: number;
}

/**
 * Measures all candidates in turn, round by round, so that a change of the machine's speed falls on all alike. A first round is not
 * counted: it is there for the page cache.
 * @throws Error when one answers anything else than is expected.
 */
export function measure(
  candidates: readonly Candidate[],
  layers: readonly string[],
  { expected, rounds }: { readonly expected: Expected; readonly rounds: number },
): readonly Measurement[] {
  const all = new Map<Candidate, Round[]>(candidates.map((candidate) => [candidate, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [candidate, results] of all) {
      const result = runOnce(candidate, layers, expected);
      if (round > 0) results.push(result);
    }
  }
  return [...all].map(([{ name }, results]) => ({
    name,
    wall: median(results.map(({ wall }) => wall)),
    cpu: median(results.map(({ cpu }) => cpu)),
    start: median(results.map(({ start }) => start)),
    rss: median(results.map(({ rss }) => rss)),
  }));
}

function runOnce(candidate: Candidate, layers: readonly string[], expected: Expected): Round {
  const [before, began] = [childrenMs(), performance.now()];
  const { digests, entries, rss = Number.NaN, start = Number.NaN } = candidate.read(layers);
  const [wall, cpu] = [performance.now() - began, childrenMs() - before];
  const isRight = digests.join() === expected.digests.join() && (entries === expected.entries || entries === 0);
  if (!isRight) throw new Error(`${candidate.name} answered ${entries} entries, ${digests.join(", ")}`);
  return { wall, cpu, start, rss };
}

/** Milliseconds of processor time of all children that were waited for, from /proc/self/stat (fields 16 and 17, 10 ms a tick). */
function childrenMs(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
