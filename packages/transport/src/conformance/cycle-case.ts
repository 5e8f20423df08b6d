import assert from "node:assert/strict";
import { getEventListeners, once } from "node:events";
import { type Holdings, settledHoldings } from "./holdings.ts";
import { type Verification, verifies } from "./verifies.ts";

const atOnce = 8;

/** Half a kilobyte of each stream that stays would be more. */
const maxLiveGrowthBytes = 4 * 1024 * 1024;

/** V8 doubles its room for young objects in one step of some 60 MB, whenever it likes; ten kilobytes of each stream would be more. */
const maxRssGrowthBytes = 96 * 1024 * 1024;

/** Ten thousand streams by default: what each leaves adds up. */
export const cycleCase: Verification = verifies("close.cycles-leave-nothing", async (bench) => {
  const { cycles = 10_000 } = bench.subject;
  const address = await bench.serve({ kind: "echo" });
  const { signal } = new AbortController();
  const cycle = async (): Promise<void> => {
    const stream = await bench.dialer.connect(address, { signal });
    const closed = once(stream, "close");
    stream.on("error", () => {}).write("x");
    await once(stream, "data");
    stream.destroy();
    await closed;
  };
  // What is allocated once, and the room a heap takes for such a load, are allocated by then.
  await repeat(cycle, cycles);
  await bench.subject.leftovers?.();
  const before = await settledHoldings();
  await repeat(cycle, cycles);
  await bench.subject.leftovers?.();
  const after = await settledHoldings(before);
  assert.equal(getEventListeners(signal, "abort").length, 0, "listeners are left on the signal");
  checkCounts(before, after);
  checkMemory(before, after);
});

function checkCounts(before: Holdings, after: Holdings): void {
  assert.ok(after.handles <= before.handles, `${after.handles} handles are open, there were ${before.handles}`);
  assert.ok(
    after.descriptors <= before.descriptors,
    `${after.descriptors} descriptors, there were ${before.descriptors}`,
  );
}

function checkMemory(before: Holdings, after: Holdings): void {
  const live = after.liveBytes - before.liveBytes;
  assert.ok(live <= maxLiveGrowthBytes, `${live} bytes more are in use`);
  const rss = after.rssBytes - before.rssBytes;
  assert.ok(rss <= maxRssGrowthBytes, `the process has grown by ${rss} bytes`);
}

async function repeat(cycle: () => Promise<void>, times: number): Promise<void> {
  let left = times;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await cycle();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
