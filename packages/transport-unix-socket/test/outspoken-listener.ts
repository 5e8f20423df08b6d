import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

const { path, gate } = workerData as { path: string; gate: Int32Array };
const streams: Socket[] = [];
const server = createServer((stream) => {
  streams.push(stream);
  stream.on("error", () => {});
  stream.on("data", (head: Buffer) => stream.write(answer(head.toString().split(" ")[1] ?? "")));
});

// Says on every stream what nobody asked for, and opens the gate once it is on its way.
parentPort?.on("message", (what: "answer" | "end") => {
  let left = streams.length;
  const onSaid = (): void => {
    left -= 1;
    if (left > 0) return;
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
  for (const stream of streams.splice(0)) {
    if (what === "end") stream.end(onSaid);
    else stream.write(answer("nobody asked"), onSaid);
  }
});

server.listen(path);
await once(server, "listening");
parentPort?.postMessage("listening");

function answer(text: string): string {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
}
