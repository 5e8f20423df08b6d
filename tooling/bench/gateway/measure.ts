import type { Candidate } from "./candidate.ts";
import { processorTime } from "./processor-time.ts";
import { type Load, sendRequests } from "./send-requests.ts";

export interface Measurement {
  readonly name: string;
  /** Microseconds of processor time a request, the median of the blocks. */
  readonly usPerRequest: number;
  /** Median, too. */
  readonly requestsPerSecond: number;
}

interface Block {
  readonly us: number;
  readonly perSecond: number;
}

/**
 * Measures all candidates in turn, block by block, rather than one after the other, so that a change of the machine's speed falls on all
 * alike. A first block of each is not counted: it is there for the compiler.
 */
export async function measure(
  candidates: readonly Candidate[],
  load: Load & { readonly blocks: number },
): Promise<readonly Measurement[]> {
  const blocks = new Map<Candidate, Block[]>(candidates.map((candidate) => [candidate, []]));
  for (const candidate of candidates) await runBlock(candidate, load);
  for (let done = 0; done < load.blocks; done += 1) {
    for (const [candidate, results] of blocks) results.push(await runBlock(candidate, load));
  }
  return [...blocks].map(([{ name }, results]) => ({
    name,
    usPerRequest: median(results.map(({ us }) => us)),
    requestsPerSecond: median(results.map(({ perSecond }) => perSecond)),
  }));
}

async function runBlock(candidate: Candidate, load: Load): Promise<Block> {
  const processes = candidate.processes();
  const [before, began] = [processorTime(processes), performance.now()];
  await sendRequests(candidate, load);
  const [after, ended] = [processorTime(processes), performance.now()];
  return { us: (after - before) / load.requests, perSecond: load.requests / ((ended - began) / 1000) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
