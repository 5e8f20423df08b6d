import { once } from "node:events";
import { createServer } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

const { path, gate } = workerData as { path: string; gate: Int32Array };
const server = createServer(() => {});
server.listen({ path, backlog: 1 });
await once(server, "listening");
parentPort?.postMessage("listening");
// A listener that is alive and accepts nothing, until it is told to go on.
Atomics.wait(gate, 0, 0);
