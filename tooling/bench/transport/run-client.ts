// One client process: makes the calls of one scenario through one peer, and tells its parent what they cost.
// Usage: node run-client.ts PROGRAM SOCKET SCENARIO REQUESTS; without a parent it says nothing, but can be profiled.
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

const [program = "", socket = "", name, count] = process.argv.slice(2);
const scenario = scenarios.find((one) => one.name === name);
if (scenario === undefined) throw new Error(`there is no scenario ${JSON.stringify(name)}`);
const { open } = (await import(`./peers/${program}`)) as { readonly open: OpenPeer };

/** Sends so many requests and checks each answer. */
async function send(peer: Peer, { call, inFlight }: Scenario, requests: number): Promise<Tally> {
  const length = answerTo(call).length;
  const [before, began] = [process.cpuUsage(), performance.now()];
  let toSend = requests;
  const line = async (): Promise<void> => {
    while (toSend-- > 0) {
      const { status, body } = await peer.send();
      if (status !== 200 || body.length !== length)
        throw new Error(`${program}: status ${status} with ${body.length} bytes instead of 200 with ${length}`);
      if (call.answer === "json" && typeof body === "string") check(JSON.parse(body));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  const { user, system } = process.cpuUsage(before);
  return { requests, us: user + system, seconds: (performance.now() - began) / 1000 };
}

function check(body: unknown): void {
  if (!(body instanceof Object && "ok" in body && body.ok === true)) throw new Error(`${program}: not the answer`);
}

{
  await using peer = await open(socket, scenario.call);
  const requests = Math.ceil(Number(count) / scenario.worth);
  // The compiler is done with undici and what is built on it after some 25,000 small requests.
  await send(peer, scenario, 3 * requests);
  process.send?.(await send(peer, scenario, requests));
}
if (process.connected) process.disconnect();
