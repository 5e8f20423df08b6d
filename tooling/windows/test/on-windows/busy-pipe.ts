import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A pipe whose owner exists but does not take callers: its thread stands still. Disposing wakes it, and it closes the pipe. */
export interface BusyPipe extends AsyncDisposable {
  readonly path: string;
}

const owner = `
const { createServer } = require("node:net");
const { parentPort, workerData: { path, wake } } = require("node:worker_threads");
const server = createServer((stream) => stream.on("error", () => {}).destroy());
server.listen(path, () => {
  parentPort.postMessage("listening");
  Atomics.wait(new Int32Array(wake), 0, 0);
  parentPort.once("message", () => process.exit(0));
});`;

export async function openBusyPipe(path: string): Promise<BusyPipe> {
  const wake = new SharedArrayBuffer(4);
  const worker = new Worker(owner, { eval: true, workerData: { path, wake } });
  await once(worker, "message");
  return {
    path,
    async [Symbol.asyncDispose]() {
      Atomics.store(new Int32Array(wake), 0, 1);
      Atomics.notify(new Int32Array(wake), 0);
      worker.postMessage("end");
      await once(worker, "exit");
    },
  };
}
