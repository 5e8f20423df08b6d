// What a request to a Unix socket costs the client that makes it, ours against its peers, in one run. See README.md.
// Usage: node tooling/bench/transport/main.ts [--rounds N] [--requests N] [--peer NAME]... [--scenario TEXT]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measure } from "./measure.ts";
import { peers, type Protocol } from "./peer.ts";
import { report } from "./report.ts";
import { scenarios } from "./scenarios.ts";
import { startBackend } from "./start-backend.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    requests: { type: "string", default: "10000" },
    peer: { type: "string", multiple: true, default: peers.map(({ name }) => name) },
    scenario: { type: "string", default: "" },
  },
});

const options = { rounds: Number(values.rounds), requests: Number(values.requests) };
const chosen = peers.filter(({ name }) => values.peer.includes(name));
if (chosen.length < values.peer.length) throw new Error(`the peers are: ${peers.map(({ name }) => name).join(", ")}`);
const folder = await mkdtemp(join(tmpdir(), "bowsprit-bench-"));
const sockets: Readonly<Record<Protocol, string>> = {
  http: join(folder, "http.sock"),
  "node-ipc": join(folder, "node-ipc.sock"),
  ws: join(folder, "ws.sock"),
};
try {
  await using running = new AsyncDisposableStack();
  for (const protocol of new Set(chosen.map((peer) => peer.protocol)))
    running.use(await startBackend(protocol, sockets[protocol]));
  console.log(
    `the client's own processor time and its requests a second, medians of ${options.rounds} rounds (least–most),`,
    `Node ${process.versions.node}\n`,
  );
  for (const scenario of scenarios.filter(({ name }) => name.includes(values.scenario)))
    console.log(`${report(scenario, await measure(scenario, chosen, { ...options, sockets }))}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
