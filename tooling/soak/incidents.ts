import { stat } from "node:fs";
import { unlink } from "node:fs/promises";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { BackendKeeper } from "./backend/keep-backend.ts";
import type { Pump } from "./client/create-pump.ts";
import { moment } from "./client/create-sender.ts";
import type { Ledger } from "./ledger/create-ledger.ts";
import type { Incident } from "./plan/plan-incidents.ts";

/** What an incident happens to. */
export interface Scene {
  readonly socketPath: string;
  readonly requests: number;
  readonly keeper: BackendKeeper;
  readonly pump: Pump;
  readonly ledger: Ledger;
}

/** Requests that meet a dead backend's socket, and as many that meet none. */
const outageRequests = 32;

/** At most this many more try while the next backend starts. */
const mostEarlyRequests = 500;

/** Kills the backend with requests under way, lets some meet its stale socket and some none, and starts it while more come. */
export async function killBackend({ after }: Incident, scene: Scene): Promise<void> {
  const { socketPath, requests, keeper, pump, ledger } = scene;
  let limit = after;
  const raise = (count: number): void => {
    limit = Math.min(limit + count, requests, after + outageRequests * 2 + mostEarlyRequests);
    pump.raise(limit);
  };
  const from = moment();
  await keeper.kill();
  raise(outageRequests);
  await pump.quiet();
  await unlink(socketPath);
  raise(outageRequests);
  await pump.quiet();
  const starting = keeper.start().then(() => "started" as const);
  while ((await Promise.race([starting, delay(5)])) !== "started") raise(1);
  ledger.line(`# kill ${from} ${moment()}`);
}

/**
 * Lets the backend write on, end or close its idle connections while this process cannot read, so that the next requests find them so.
 * Nothing is being sent then: what comes was not asked for, without any doubt.
 */
export async function spoilIdle({ after }: Incident, { socketPath, keeper, pump }: Scene): Promise<void> {
  await pump.quiet();
  // A request that takes seconds may have been started just now; it is on its connection two rounds of the loop later.
  await turn();
  await turn();
  // The next requests are sent from here: from within the loop's reading of sockets, or from behind it.
  if (after % 2000 === 0) await promisify(stat)(socketPath);
  else await turn();
  keeper.spoil();
}
