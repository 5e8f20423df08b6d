// The processor time of one small request through each way to a backend, in one run. See README.md.
// Usage: node tooling/bench/gateway/main.ts [--requests N] [--blocks N] [--connections N]. Linux only: the figures are the kernel's own.
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { Candidate } from "./candidate.ts";
import { measure } from "./measure.ts";
import { report } from "./report.ts";
import { startNginx } from "./start-nginx.ts";
import { startNodeCandidate } from "./start-node-candidate.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "20000" },
    blocks: { type: "string", default: "5" },
    connections: { type: "string", default: "16" },
  },
});

/** What the backend answers when it is asked without anybody in between. */
async function bodyOf(socketPath: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: "/hello" }, (response) => {
      buffer(response).then(resolve, reject);
    });
    sent.once("error", reject).end();
  });
}

function startAll(socket: string): readonly Promise<Candidate | string>[] {
  const node = (name: string, program: string, ...more: readonly string[]): Promise<Candidate | string> =>
    startNodeCandidate({ name, program, args: [socket, ...more] });
  return [
    startNodeCandidate({ name: "node:http by itself", program: "json-server.js" }),
    startNginx(socket),
    node("undici dispatch", "dispatch.ts"),
    node("http-proxy", "http-proxy.js"),
    node("http-proxy-3", "http-proxy-3.js"),
    node("http-proxy, kept", "http-proxy.js", "keep"),
    node("http-proxy-3, kept", "http-proxy-3.js", "keep"),
    node("bowsprit gateway", "bowsprit-gateway.ts"),
  ];
}

const folder = await mkdtemp(join(tmpdir(), "bowsprit-bench-"));
try {
  await using running = new AsyncDisposableStack();
  running.defer(async () => rm(folder, { recursive: true }));
  const socket = join(folder, "backend.sock");
  const backend = await startNodeCandidate({
    name: "backend",
    program: "json-server.js",
    env: { BOWSPRIT_SOCKET: socket },
  });
  if (typeof backend === "string") throw new Error(backend);
  running.use(backend);
  const candidates: Candidate[] = [];
  for (const started of await Promise.all(startAll(socket))) {
    if (typeof started === "string") console.log(`left out: ${started}`);
    else candidates.push(running.use(started));
  }
  const load = {
    requests: Number(values.requests),
    connections: Number(values.connections),
    body: await bodyOf(socket),
  };
  console.log(report(await measure(candidates, { ...load, blocks: Number(values.blocks) }), load));
} finally {
  await rm(folder, { recursive: true, force: true });
}
