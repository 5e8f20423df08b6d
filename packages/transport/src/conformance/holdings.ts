import { readdir } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What a process holds of the system's things and of memory. */
export interface Holdings {
  /** Sockets, pipes, servers and the like that Node knows of. */
  readonly handles: number;
  /** Open files; 0 where the system does not list them. */
  readonly descriptors: number;
  /** What is in use after a collection of garbage. */
  readonly liveBytes: number;
  readonly rssBytes: number;
}

/** Turns of the event loop without a change after which there will be none, and how many there may be in all. */
const quietTurns = 50;
const maxTurns = 5000;

/** What is held once everything has settled: at once when that is no more of the system's things than `goal`. */
export async function settledHoldings(goal?: Holdings): Promise<Holdings> {
  let [handles, descriptors, quiet] = [-1, -1, 0];
  for (let turn = 0; turn < maxTurns && quiet < quietTurns; turn += 1) {
    await new Promise(setImmediate);
    const [nowHandles, nowDescriptors] = [countHandles(), await countDescriptors()];
    quiet = nowHandles === handles && nowDescriptors === descriptors ? quiet + 1 : 0;
    [handles, descriptors] = [nowHandles, nowDescriptors];
    if (goal !== undefined && handles <= goal.handles && descriptors <= goal.descriptors) break;
  }
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { handles, descriptors, liveBytes: heapUsed + external, rssBytes: rss };
}

function countHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => name.endsWith("Wrap")).length;
}

async function countDescriptors(): Promise<number> {
  return process.platform === "linux" ? (await readdir("/proc/self/fd")).length : 0;
}

/** Node hands its collector to contexts that are made after this flag is set. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  setFlagsFromString("--no-expose-gc");
}
