import { createHash, randomBytes } from "node:crypto";
import { expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { startWebSocketBackend } from "./web-socket-backend.ts";

const MiB = 1024 * 1024;

it("carries text and bytes both ways with a server that would compress, and agrees on a subprotocol", async () => {
  const client = await startWebSocketBackend((socket, request) => {
    expect([request.url, request.headers.host]).toEqual(["/chat?x=1", "localhost"]);
    expect(socket.extensions).toBe("");
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await using socket = await client.webSocket("/chat?x=1", { protocols: ["v1", "v2"] });
  expect(socket.protocol).toBe("v2");
  const sent = ["", "text", "😀".repeat(30_000), Buffer.alloc(0), Buffer.from([0, 255]), randomBytes(3 * MiB)];
  for (const message of sent) await socket.send(message);
  for await (const message of socket) {
    const wanted = sent.shift() ?? "";
    expect(typeof message).toBe(typeof wanted);
    expect(Buffer.from(message).equals(Buffer.from(wanted))).toBe(true);
    if (sent.length === 0) break;
  }
  expect(sent).toEqual([]);
});

it("does not change the bytes it sends, nor what it sent when they change afterwards", async () => {
  const client = await startWebSocketBackend((socket) => socket.on("message", (data) => socket.send(data)));
  await using socket = await client.webSocket("/");
  const bytes = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4);
  await socket.send(bytes);
  expect([...bytes]).toEqual([1, 2, 3]);
  bytes.fill(7);
  for await (const message of socket) {
    expect([...Buffer.from(message)]).toEqual([1, 2, 3]);
    break;
  }
});

it("keeps 10,000 messages in order for a reader that is slow to begin, holding their sender back meanwhile", async () => {
  const [total, size] = [10_000, 4096];
  const tail = Buffer.alloc(size - 5, "x");
  let sent = 0;
  const client = await startWebSocketBackend((socket) => {
    const more = (): void => {
      if (sent === total) return socket.close(1000, "all of it");
      socket.send(Buffer.concat([Buffer.from(String(sent).padStart(5, "0")), tail]), more);
      sent += 1;
    };
    more();
  });
  const socket = await client.webSocket("/");
  await vi.waitFor(() => expect(sent).toBeGreaterThan(0));
  // What left the sender is in the two buffers of the operating system and in ours.
  expect((await settled(() => sent)) * size).toBeLessThan(2 * MiB);
  let [next, most] = [0, 0];
  for await (const message of socket) {
    if (Buffer.from(message).toString("latin1", 0, 5) !== String(next).padStart(5, "0")) break;
    next += 1;
    if (next % 100 === 0) await new Promise(setImmediate);
    most = Math.max(most, sent - next);
  }
  expect(next).toBe(total);
  expect(most * size).toBeLessThan(2 * MiB);
  expect(await socket.closed).toEqual({ code: 1000, reason: "all of it" });
});

it("carries 50,000 messages of nothing, of which one read brings thousands", async () => {
  const total = 50_000;
  const client = await startWebSocketBackend((socket) => {
    for (let index = 0; index < total; index += 1) socket.send("");
    socket.close();
  });
  let count = 0;
  for await (const message of await client.webSocket("/")) if (message === "") count += 1;
  expect(count).toBe(total);
});

it("holds a writer that awaits while the backend does not read, one message at a time", async () => {
  let peer: WebSocket | undefined;
  const received = createHash("sha256");
  let bytes = 0;
  const client = await startWebSocketBackend((socket) => {
    peer = socket;
    socket.pause();
    socket.on("message", (data: Buffer) => {
      received.update(data);
      bytes += data.length;
    });
  });
  await using socket = await client.webSocket("/");
  const sent = createHash("sha256");
  let written = 0;
  const writing = (async () => {
    while (written < 16 * MiB) {
      const chunk = randomBytes(32 * 1024);
      sent.update(chunk);
      written += chunk.length;
      await socket.send(chunk);
    }
  })();
  expect(await settled(() => written)).toBeLessThan(2 * MiB);
  peer?.resume();
  await writing;
  await vi.waitFor(() => expect(bytes).toBe(written));
  expect(received.digest("hex")).toBe(sent.digest("hex"));
});

it("refuses the messages of a writer that does not await, once a bound is reached, and loses none that it took", async () => {
  let peer: WebSocket | undefined;
  let received = 0;
  const client = await startWebSocketBackend((socket) => {
    peer = socket;
    socket.pause();
    socket.on("message", () => (received += 1));
  });
  await using socket = await client.webSocket("/", { maxBufferedBytes: MiB });
  const message = Buffer.alloc(64 * 1024);
  const outcomes = Promise.allSettled(Array.from({ length: 1000 }, () => socket.send(message)));
  // One that fits the bound but for its own bytes is taken; the next one is not.
  await expect(socket.send("x")).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    details: { maxBufferedBytes: MiB },
    hint: "Await each send before the next one.",
  });
  peer?.resume();
  const taken = (await outcomes).filter(({ status }) => status === "fulfilled").length;
  expect(taken).toBeGreaterThanOrEqual(MiB / message.length);
  expect(taken * message.length).toBeLessThan(2 * MiB);
  await vi.waitFor(() => expect(received).toBe(taken));
  await socket.send("again");
  await vi.waitFor(() => expect(received).toBe(taken + 1));
});

it("takes a message of 16 MiB by default, and none of a byte more", async () => {
  let code = 0;
  const client = await startWebSocketBackend((socket) => {
    socket.once("close", (closed) => (code = closed));
    socket.send(Buffer.alloc(16 * MiB));
    socket.send(Buffer.alloc(16 * MiB + 1));
  });
  const socket = await client.webSocket("/");
  const sizes: number[] = [];
  const reading = (async () => {
    for await (const message of socket) sizes.push(message.length);
  })();
  await expect(reading).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
  expect(sizes).toEqual([16 * MiB]);
  await vi.waitFor(() => expect(code).toBe(1009));
});

it.each([
  [
    "leaves its loop",
    async (socket: AsyncIterable<unknown>) => {
      for await (const _ of socket) break;
    },
  ],
  ["disposes it", async (socket: AsyncDisposable) => await socket[Symbol.asyncDispose]()],
])("tells the backend within a second when the client %s, in the middle of a stream", async (_, leave) => {
  const closed = Promise.withResolvers<number>();
  const client = await startWebSocketBackend((socket) => {
    socket.once("close", closed.resolve);
    const more = (): void => socket.send(Buffer.alloc(64 * 1024), (error) => void (error ?? setImmediate(more)));
    more();
  });
  const socket = await client.webSocket("/");
  await socket[Symbol.asyncIterator]().next();
  await leave(socket);
  await expect.poll(() => closed.promise, { timeout: 1000 }).toBe(1000);
});

it("tells the backend within a second when the client is closed", async () => {
  const closed = Promise.withResolvers<number>();
  const client = await startWebSocketBackend((socket) => socket.once("close", closed.resolve));
  await client.webSocket("/");
  await client[Symbol.asyncDispose]();
  await expect.poll(() => closed.promise, { timeout: 1000 }).toBe(1006);
});

it("says that the connection is lost when the backend dies, and when it dies while nobody reads", async () => {
  const client = await startWebSocketBackend((socket) => {
    socket.send(Buffer.alloc(1000), () => socket.terminate());
  });
  const read = await client.webSocket("/");
  await expect(Array.fromAsync(read)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  const unread = await client.webSocket("/");
  expect(await unread.closed).toEqual({ code: 1006, reason: "" });
  const iterator = unread[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toHaveLength(1000);
  await expect(iterator.next()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

it("gives what comes to whoever pulls, in the order they asked, and to each what is theirs when it ends", async () => {
  const client = await startWebSocketBackend((socket) => {
    socket.once("message", () => {
      socket.send("1");
      socket.send("2");
      socket.close();
    });
  });
  const socket = await client.webSocket("/");
  const iterator = socket[Symbol.asyncIterator]();
  const pulled = Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
  await socket.send("go");
  expect((await pulled).map(({ value }) => value as unknown)).toEqual(["1", "2", undefined, undefined]);
});

it("stops waiting when the loop is ended from elsewhere", async () => {
  const client = await startWebSocketBackend(() => {});
  const socket = await client.webSocket("/");
  const iterator = socket[Symbol.asyncIterator]();
  const waiting = iterator.next();
  await iterator.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await socket.closed;
});

/** The value of something that grows until it is held back: it stands still over many turns of the loop. */
async function settled(read: () => number | undefined): Promise<number> {
  let value = read() ?? 0;
  for (let still = 0; still < 200;) {
    await new Promise(setImmediate);
    const now = read() ?? 0;
    still = now === value ? still + 1 : 0;
    value = now;
  }
  return value;
}
