import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import type { ServiceClient, ServiceClientOptions, ServiceResponse, SwitchedResponse } from "@bowsprit/transport";
import { expect, it } from "vitest";
import { startRawBackend } from "./backend.ts";
import { useScratch } from "./scratch.ts";

const scratch = useScratch();
const MiB = 1024 * 1024;
const toTcp = { path: "/attach", protocol: "tcp" };

/** A client of an HTTP server of Node that switches to `tcp` and hands the stream on. */
async function startSwitching(
  accept: (stream: Duplex) => void,
  options: Pick<ServiceClientOptions, "firstByteTimeoutMs"> = {},
): Promise<ServiceClient> {
  const server = createServer((_, response) => void response.writeHead(400).end("ask for tcp"));
  server.on("upgrade", (request, stream, head) => {
    if (request.url === "/silent") return;
    if (request.headers.upgrade !== "tcp")
      return void stream.end("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno");
    expect(head).toHaveLength(0);
    stream.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    accept(stream);
  });
  return await startRawBackend(scratch, (stream) => server.emit("connection", stream), options);
}

function switched(answer: SwitchedResponse | ServiceResponse): Duplex {
  if ("stream" in answer) return answer.stream;
  throw new Error(`not switched: ${answer.status}`);
}

it("carries 16 MiB each way on a stream that was switched, byte for byte, each way ending on its own", async () => {
  const client = await startSwitching((stream) => stream.pipe(stream));
  const stream = switched(await client.upgrade(toTcp));
  const [sent, received] = [createHash("sha256"), createHash("sha256")];
  const reading = (async () => {
    for await (const chunk of stream) received.update(chunk);
  })();
  for (let written = 0; written < 16 * MiB; written += MiB) {
    const chunk = randomBytes(MiB);
    sent.update(chunk);
    if (!stream.write(chunk)) await once(stream, "drain");
  }
  stream.end();
  await reading;
  expect(received.digest("hex")).toBe(sent.digest("hex"));
});

it("answers with what a backend says that does not switch", async () => {
  const client = await startSwitching(() => {});
  const answer = await client.upgrade({ path: "/", protocol: "h2c" });
  expect(answer.status).toBe(404);
  expect("text" in answer && (await answer.text())).toBe("no");
});

it("holds the backend back while nobody reads, and is held back while the backend does not", async () => {
  let [written, peer] = [0, undefined as Duplex | undefined];
  const client = await startSwitching((stream) => {
    peer = stream.pause();
    const more = (): void => {
      while (written < 32 * MiB && !stream.destroyed) {
        written += 64 * 1024;
        if (!stream.write(Buffer.alloc(64 * 1024))) return void stream.once("drain", more);
      }
    };
    more();
  });
  const stream = switched(await client.upgrade(toTcp));
  let sent = 0;
  while (stream.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
  for (let turns = 0; turns < 500; turns += 1) await new Promise(setImmediate);
  expect(written).toBeLessThan(2 * MiB);
  expect(sent).toBeLessThan(2 * MiB);
  expect(stream.writableNeedDrain).toBe(true);
  stream.destroy();
  peer?.resume();
});

it("tells the backend within a second that the caller has gone, or that the client was closed", async () => {
  let closed = 0;
  const client = await startSwitching((stream) => {
    stream.on("error", () => {});
    stream.resume().once("close", () => (closed += 1));
    const more = (): void => void stream.write(Buffer.alloc(1000), (error) => void (error ?? setImmediate(more)));
    more();
  });
  const stream = switched(await client.upgrade(toTcp));
  await once(stream, "readable");
  stream.destroy();
  await expect.poll(() => closed, { timeout: 1000 }).toBe(1);
  switched(await client.upgrade(toTcp));
  await client[Symbol.asyncDispose]();
  await expect.poll(() => closed, { timeout: 1000 }).toBe(2);
});

it("waits so long for an answer, and says when nobody listens", async () => {
  const client = await startSwitching(() => {}, { firstByteTimeoutMs: 50 });
  await expect(client.upgrade({ ...toTcp, path: "/silent" })).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  await rm(`${scratch.folder}/backend.sock`);
  await expect(client.upgrade(toTcp)).rejects.toMatchObject({ code: "ENDPOINT_UNREACHABLE" });
});
