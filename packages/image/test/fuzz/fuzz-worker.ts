import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { type FuzzTally, fuzzTar } from "./fuzz-tar.ts";

/** What the worker is given. It writes the number of the input that it is at. */
export interface FuzzWorkerData {
  readonly seed: number;
  readonly inputs: number;
  readonly progress: Int32Array;
}

/** What the worker says at the end. */
export interface FuzzWorkerResult {
  readonly tally: FuzzTally;
  /** Bytes that were in use at the end and not after the first tenth. */
  readonly grown: number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function used(): number {
  collect();
  // What the first one found to be of no use is given back by the second at the latest.
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

// Stacks of refusals are nobody's business, and cost more than the reading.
Error.stackTraceLimit = 0;

const { seed, inputs, progress } = workerData as FuzzWorkerData;
let before = 0;
const tally = fuzzTar(seed, inputs, (input) => {
  Atomics.store(progress, 0, input);
  if (input === Math.floor(inputs / 10)) before = used();
});
parentPort?.postMessage({ tally, grown: used() - before } satisfies FuzzWorkerResult);
