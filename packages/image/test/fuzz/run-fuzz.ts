import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { FuzzWorkerData, FuzzWorkerResult } from "./fuzz-worker.ts";

/** Far beyond the fraction of a millisecond that an input takes, on the busiest computer. */
const patienceMs = 10_000;

/**
 * Reads mutated archives in a thread of its own, so that one that never ends is found out, too.
 * @throws Error for a wrong end, or an input that took ten seconds.
 */
export async function runFuzz(seed: number, inputs: number): Promise<FuzzWorkerResult> {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const workerData: FuzzWorkerData = { seed, inputs, progress };
  const worker = new Worker(new URL("fuzz-worker.ts", import.meta.url), { workerData });
  const done = new AbortController();
  try {
    return await Promise.race([
      once(worker, "message").then(([result]) => result as FuzzWorkerResult),
      watch(progress, done.signal).then((input) => {
        throw new Error(`seed ${seed}, input ${input}: it did not end in ${patienceMs} ms`);
      }),
    ]);
  } finally {
    done.abort();
    await worker.terminate();
  }
}

/** Waits until nothing moves any more, and says where. */
async function watch(progress: Int32Array, signal: AbortSignal): Promise<number> {
  for (let seen = -1; ;) {
    const input = Atomics.load(progress, 0);
    if (input === seen) return input;
    seen = input;
    await setTimeout(patienceMs, undefined, { signal });
  }
}
