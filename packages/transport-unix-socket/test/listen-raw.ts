import { once } from "node:events";
import { link } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { Scratch } from "./scratch.ts";

/** A listener that none of our code made; returns what it accepted. */
export async function listenRaw(
  scratch: Scratch,
  path: string,
  accept: (stream: Socket) => void = () => {},
): Promise<readonly Socket[]> {
  const accepted: Socket[] = [];
  const server = await open(path, (stream) => {
    accepted.push(stream);
    stream.on("error", () => {});
    accept(stream);
  });
  scratch.onEnd(() => {
    for (const stream of accepted) stream.destroy();
    server.close();
  });
  return accepted;
}

/** A socket file that a dead listener left behind. */
export async function leaveStale(path: string): Promise<void> {
  const server = await open(`${path}.born`, () => {});
  await link(`${path}.born`, path);
  server.close();
  await once(server, "close");
}

async function open(path: string, accept: (stream: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, accept);
  server.listen(path);
  await once(server, "listening");
  return server;
}
