import { once } from "node:events";
import { lstat, mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { Worker } from "node:worker_threads";
import { createUnixSocketTransport } from "@bowsprit/transport-unix-socket";
import type { SwapperData } from "./swapper.ts";

/** How the dials of a race ended. */
export interface SwapRaceResult {
  readonly rounds: number;
  /** Error codes, and `connected`, by how often. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How often the name was swapped meanwhile. */
  readonly swaps: number;
  /** Streams that reached the socket that only a link pointed at: 0, or the check is worth nothing. */
  readonly evil: number;
  /** The same for dialling the name after a look at it, which shows that the race is one. */
  readonly naiveEvil: number;
}

/** Dials a name `rounds` times, while a thread swaps what it means as fast as it can (X11–X13). */
export async function runSwapRace(rounds: number): Promise<SwapRaceResult> {
  const folder = await mkdtemp(`${tmpdir()}/bowsprit-swap-`);
  const path = `${folder}/a.sock`;
  const [good, evil] = [await listen(`${folder}/good.sock`), await listen(`${folder}/evil.sock`)];
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const workerData: SwapperData = { folder, stop };
  const swapper = new Worker(new URL("swapper.ts", import.meta.url), { workerData });
  await once(swapper, "message");
  const outcomes: Record<string, number> = {};
  try {
    const { connect: dial } = createUnixSocketTransport();
    await lanes(rounds, async () => {
      const outcome = await dial({ scheme: "unix", path }).then(close, codeOf);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    });
    await settle(good);
    const evilCount = evil.count();
    await lanes(Math.ceil(rounds / 4), async () => void (await naiveDial(path).then(close, codeOf)));
    await settle(good);
    return { rounds, outcomes, evil: evilCount, naiveEvil: evil.count(), swaps: await end(swapper, stop) };
  } finally {
    await swapper.terminate();
    for (const { server } of [good, evil]) server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Listening {
  readonly server: Server;
  readonly count: () => number;
  readonly path: string;
}

async function listen(path: string): Promise<Listening> {
  let count = 0;
  const server = createServer((stream) => {
    count += 1;
    stream.on("error", () => {}).destroy();
  });
  server.listen({ path, backlog: 511 });
  await once(server, "listening");
  return { server, count: () => count, path };
}

/** A stream of ours that is accepted shows that those before it were, too: both servers share this thread. */
async function settle({ count, path }: Listening): Promise<void> {
  const before = count();
  const stream = connect(path).on("error", () => {});
  while (count() === before) await new Promise(setImmediate);
  stream.destroy();
  await new Promise(setImmediate);
}

async function end(swapper: Worker, stop: Int32Array): Promise<number> {
  Atomics.store(stop, 0, 1);
  const [swaps] = (await once(swapper, "message")) as [number];
  return swaps;
}

async function lanes(rounds: number, round: () => Promise<void>): Promise<void> {
  let left = rounds;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await round();
  };
  await Promise.all(Array.from({ length: 4 }, lane));
}

function close(stream: { destroy(): unknown }): string {
  stream.destroy();
  return "connected";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

/** What a careful program without the file's own number would do. */
async function naiveDial(path: string): Promise<Socket> {
  if (!(await lstat(path)).isSocket()) throw new Error("not a socket");
  const stream = connect(path);
  await once(stream, "connect");
  return stream;
}
