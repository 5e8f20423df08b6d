import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { PeerEntry, Protocol } from "./peer.ts";
import type { Tally } from "./run-client.ts";
import type { Scenario } from "./scenarios.ts";

/** What one client process measured. */
export interface Sample {
  /** Microseconds of its processor time a request. */
  readonly us: number;
  readonly perSecond: number;
}

/** The samples of one scenario, by the names of the peers; those at the same place are of the same round. */
export type Samples = ReadonlyMap<string, readonly Sample[]>;

export interface MeasureOptions {
  readonly rounds: number;
  /** Small requests for which each client process is measured, or what they are worth in others. */
  readonly requests: number;
  readonly sockets: Readonly<Record<Protocol, string>>;
}

/**
 * Measures each peer once a round, in a client process of its own. The order is turned by one from round to round, so that neither a
 * change of the machine's speed nor a neighbour falls on the same peer each time.
 * @throws Error when a client process fails.
 */
export async function measure(
  scenario: Scenario,
  peers: readonly PeerEntry[],
  options: MeasureOptions,
): Promise<Samples> {
  const samples = new Map<string, Sample[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    const first = round % peers.length;
    for (const peer of [...peers.slice(first), ...peers.slice(0, first)])
      samples.get(peer.name)?.push(await runClient(peer, scenario, options));
  }
  return samples;
}

/** A client that hangs has failed, too. */
const hungMs = 300_000;

async function runClient(
  { name, program, protocol }: PeerEntry,
  scenario: Scenario,
  { requests, sockets }: MeasureOptions,
): Promise<Sample> {
  const args = [program, sockets[protocol], scenario.name, String(requests)];
  const child = fork(join(import.meta.dirname, "run-client.ts"), args, { timeout: hungMs });
  const told: Tally[] = [];
  child.on("message", (message) => told.push(message as Tally));
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  const [tally] = told;
  if (code !== 0 || tally === undefined) throw new Error(`${name}, ${scenario.name}: ended with ${code ?? signal}`);
  return { us: tally.us / tally.requests, perSecond: tally.requests / tally.seconds };
}
