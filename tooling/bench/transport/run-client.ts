// One client process: makes the calls of one scenario through one peer, and tells its parent what they cost.
// Usage: node run-client.ts PROGRAM SOCKET SCENARIO MS; without a parent it says nothing, but can be profiled.
import { answerTo } from "./call.ts";
import type { OpenPeer, Peer } from "./peer.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

/** What a client process tells. */
export interface Tally {
  readonly requests: number;
  /** Microseconds of processor time, user and system, of all threads of the process. */
  readonly us: number;
  readonly seconds: number;
}

const pollMs = 10;

const [program = "", socket = "", name, ms] = process.argv.slice(2);
const scenario = scenarios.find((one) => one.name === name);
if (scenario === undefined) throw new Error(`there is no scenario ${JSON.stringify(name)}`);
const { open } = (await import(`./peers/${program}`)) as { readonly open: OpenPeer };

/** Sends until the process has used so much processor time more, then waits for what is under way. */
async function sendFor(peer: Peer, { call, inFlight }: Scenario, us: number): Promise<Tally> {
  const length = answerTo(call).length;
  const [before, began] = [process.cpuUsage(), performance.now()];
  const used = (): number => {
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  let isOver = false;
  const watch = setInterval(() => (isOver = used() >= us), pollMs);
  let requests = 0;
  const line = async (): Promise<void> => {
    while (!isOver) {
      const { status, body } = await peer.send();
      if (status !== 200 || body.length !== length)
        throw new Error(`${program}: status ${status} with ${body.length} bytes instead of 200 with ${length}`);
      if (call.answer === "json" && typeof body === "string") check(JSON.parse(body));
      requests += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  clearInterval(watch);
  return { requests, us: used(), seconds: (performance.now() - began) / 1000 };
}

function check(body: unknown): void {
  if (!(body instanceof Object && "ok" in body && body.ok === true)) throw new Error(`${program}: not the answer`);
}

{
  await using peer = await open(socket, scenario.call);
  const us = Number(ms) * 1000;
  // The first calls are the compiler's, and open the connections.
  await sendFor(peer, scenario, 3 * us);
  process.send?.(await sendFor(peer, scenario, us));
}
if (process.connected) process.disconnect();
