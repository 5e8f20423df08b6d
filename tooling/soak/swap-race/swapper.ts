import { linkSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

/** What the one who swaps is told. */
export interface SwapperData {
  readonly folder: string;
  /** One number: not 0 once it must stop. */
  readonly stop: Int32Array;
}

// As fast as it can, gives the name a.sock to the good socket, to a link to the evil one, and to a plain file.
const { folder, stop } = workerData as SwapperData;
const at = (name: string): string => `${folder}/${name}`;
const swaps = [
  () => linkSync(at("good.sock"), at("next")),
  () => symlinkSync("evil.sock", at("next")),
  () => linkSync(at("good.sock"), at("next")),
  () => writeFileSync(at("next"), ""),
];
let rounds = 0;
while (Atomics.load(stop, 0) === 0) {
  swaps[rounds % swaps.length]?.();
  renameSync(at("next"), at("a.sock"));
  if (rounds === 0) parentPort?.postMessage("swapping");
  rounds += 1;
}
parentPort?.postMessage(rounds);
