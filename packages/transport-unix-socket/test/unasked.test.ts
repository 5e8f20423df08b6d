import { once } from "node:events";
import { stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { createServiceClient } from "@bowsprit/transport";
import { expect, it } from "vitest";
import { createUnixSocketTransport } from "../src/index.ts";
import { useScratch } from "./scratch.ts";

const scratch = useScratch();

it.each([
  ["an answer", "answer"],
  ["the end of the connection", "end"],
])("never takes %s that came before a request for what came after it, however busy it was then", async (_, what) => {
  const path = `${scratch.folder}/a.sock`;
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("outspoken-listener.ts", import.meta.url), { workerData: { path, gate } });
  scratch.onEnd(() => worker.terminate());
  await once(worker, "message");
  const client = createServiceClient({ dialer: createUnixSocketTransport(), address: { scheme: "unix", path } });
  scratch.onEnd(() => client[Symbol.asyncDispose]());
  const ask = async (text: string) => await (await client.request({ method: "GET", path: text })).text();
  expect(await ask("/1")).toBe("/1");
  // What follows runs where the loop reads sockets: nothing is read between that and the loop's immediate callbacks.
  await stat(path);
  worker.postMessage(what);
  Atomics.wait(gate, 0, 0, 10_000);
  expect(await Promise.all([ask("/2"), ask("/3")])).toEqual(["/2", "/3"]);
});
