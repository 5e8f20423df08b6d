import { join } from "node:path";
import { keepBackend } from "./backend/keep-backend.ts";
import { createPump, type Pump } from "./client/create-pump.ts";
import { createSender } from "./client/create-sender.ts";
import { killBackend, type Scene, spoilIdle } from "./incidents.ts";
import { createLedger } from "./ledger/create-ledger.ts";
import { openDescriptors } from "./open-descriptors.ts";
import { planIncidents } from "./plan/plan-incidents.ts";
import { isSlow, planRequest } from "./plan/plan-request.ts";

export interface SoakOptions {
  readonly requests: number;
  readonly seed: number;
  /** Where the socket and both ledgers are. */
  readonly folder: string;
  /** What has not ended by then never will: all limits of the client must be far below. */
  readonly patienceMs: number;
  /** Ends the run early. */
  readonly signal: AbortSignal;
  /** Told of every end. */
  readonly onEnd: () => void;
}

/** What was measured of the client's process: with nothing sent yet, on the way, and with everything closed again. */
export interface Measures {
  readonly seconds: number;
  readonly kills: number;
  readonly descriptors: { readonly begin: number; readonly most: number; readonly end: number };
  /** `tenth`: after a tenth of the requests. */
  readonly rssBytes: { readonly begin: number; readonly tenth: number; readonly end: number };
}

/** The two ledgers of a run in a folder. */
export const ledgerNames: { readonly client: string; readonly backend: string } = {
  client: "client.ledger",
  backend: "backend.ledger",
};

const inFlight = 64;

/**
 * Sends all requests of a plan, each once, while the backend misbehaves, dies and comes back, and writes how each ended.
 * @throws Error when the run cannot be brought to its end; the ledgers say how far it came, and nothing is left running.
 */
export async function runSoak(options: SoakOptions): Promise<Measures> {
  const { requests, seed, folder } = options;
  const trouble = Promise.withResolvers<never>();
  const socketPath = join(folder, "s");
  await using stack = new AsyncDisposableStack();
  const ledger = stack.use(createLedger(join(folder, ledgerNames.client)));
  const ledgerPath = join(folder, ledgerNames.backend);
  const keeper = stack.use(keepBackend({ socketPath, ledgerPath, seed, onDeath: trouble.reject }));
  await keeper.start();
  const begin = { at: performance.now(), descriptors: openDescriptors(), rss: process.memoryUsage.rss() };
  const sender = stack.use(createSender({ socketPath, ledger, onEnd: options.onEnd }));
  const pump = createPump({
    inFlight,
    send(id) {
      const plan = planRequest(seed, id);
      return { isSlow: isSlow(plan.fault), ended: sender.send(plan) };
    },
  });
  stack.defer(watch(pump, options, trouble.reject));
  const { tenth, most } = await Promise.race([drive({ socketPath, requests, keeper, pump, ledger }), trouble.promise]);
  const seconds = (performance.now() - begin.at) / 1000;
  await sender[Symbol.asyncDispose]();
  const descriptors = { begin: begin.descriptors, most, end: await settledDescriptors(begin.descriptors) };
  const rssBytes = { begin: begin.rss, tenth, end: process.memoryUsage.rss() };
  return { seconds, kills: keeper.kills, descriptors, rssBytes };
}

/** Sends everything, and answers with the memory in use after a tenth of it, and the most descriptors that were open. */
async function drive(scene: Scene): Promise<{ readonly tenth: number; readonly most: number }> {
  const { requests, pump } = scene;
  let tenth = 0;
  let most = 0;
  for (const incident of planIncidents(requests)) {
    pump.raise(incident.after);
    await pump.started();
    most = Math.max(most, openDescriptors());
    if (tenth === 0 && incident.after >= requests / 10) tenth = process.memoryUsage.rss();
    await (incident.kind === "kill" ? killBackend(incident, scene) : spoilIdle(incident, scene));
  }
  pump.raise(requests);
  await pump.empty();
  return { tenth, most };
}

type WatchOptions = Pick<SoakOptions, "signal" | "patienceMs">;

/** Fails the run when somebody calls it off, or when a request does not end; answers with what ends the watch. */
function watch(pump: Pump, { signal, patienceMs }: WatchOptions, fail: (error: Error) => void): () => void {
  const onAbort = (): void => fail(new Error(`called off: ${String(signal.reason)}`));
  const timer = setInterval(() => {
    const late = [...pump.open].filter(([, since]) => performance.now() - since > patienceMs).map(([id]) => id);
    if (late.length > 0) fail(new Error(`no end within ${patienceMs / 1000} s: requests ${late.join(", ")}`));
  }, 1000);
  signal.addEventListener("abort", onAbort, { once: true });
  return () => {
    clearInterval(timer);
    signal.removeEventListener("abort", onAbort);
  };
}

/** What is open once everything that is closing has closed, or after two seconds. */
async function settledDescriptors(before: number): Promise<number> {
  const deadline = performance.now() + 2000;
  while (openDescriptors() > before && performance.now() < deadline) await new Promise(setImmediate);
  return openDescriptors();
}
