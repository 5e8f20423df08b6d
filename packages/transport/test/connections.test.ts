import type { Duplex } from "node:stream";
import { expect, it, vi } from "vitest";
import { connectTo, get, ok, onHead } from "./scripted-backend.ts";

it("closes the connection when the reader leaves early", async () => {
  const { client, memory } = connectTo(onHead("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart"));
  for await (const chunk of (await client.request(get)).body) {
    expect(Buffer.from(chunk).toString()).toBe("part");
    break;
  }
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("closes every connection when it is disposed, also those whose answer nobody read", async () => {
  const { client, memory } = connectTo(
    onHead(
      (stream, head) =>
        void (head.startsWith("GET / ") && stream.write(`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(500_000)}`)),
    ),
  );
  const unread = await client.request(get);
  const waiting = client.request({ ...get, path: "/silent" });
  waiting.catch(() => {});
  await vi.waitFor(() => expect(memory.open()).toBe(2));
  await client[Symbol.asyncDispose]();
  expect(memory.open()).toBe(0);
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
  await expect(unread.text()).rejects.toMatchObject({ code: "ABORTED" });
  await expect(client.request(get)).rejects.toMatchObject({ code: "ABORTED" });
  await client[Symbol.asyncDispose]();
});

it("keeps the connection when a request is called off while it waits for one", async () => {
  const finish = Promise.withResolvers<void>();
  const { client, memory } = connectTo(
    onHead((stream) => void finish.promise.then(() => stream.write(ok))),
    { maxConnections: 1 },
  );
  const first = client.request(get);
  const controller = new AbortController();
  const second = client.request(get, { signal: controller.signal });
  controller.abort();
  await expect(second).rejects.toMatchObject({ code: "ABORTED" });
  finish.resolve();
  expect(await (await first).text()).toBe("ok");
  expect(await (await client.request(get)).text()).toBe("ok");
  expect(memory.dialled()).toBe(1);
});

it.each([
  ["a second answer", ok.replace("ok", "no")],
  ["garbage", "what?\r\n\r\n"],
])("gives %s that nobody asked for to no one, and sends the next request elsewhere", async (_, extra) => {
  let idle: Duplex | undefined;
  const { client, memory } = connectTo(
    onHead((stream) => {
      idle = stream;
      stream.write(ok);
    }),
  );
  expect(await (await client.request(get)).text()).toBe("ok");
  await new Promise(setImmediate);
  idle?.write(extra);
  expect(await (await client.request({ method: "POST", path: "/" })).text()).toBe("ok");
  expect(memory.dialled()).toBe(2);
});

it("sends a request elsewhere when the idle connection it was to go on is reset", async () => {
  const { client, memory } = connectTo(onHead(ok));
  expect(await (await client.request(get)).text()).toBe("ok");
  await new Promise(setImmediate);
  const next = client.request({ method: "POST", path: "/" });
  memory.reset();
  expect(await (await next).text()).toBe("ok");
  expect(memory.dialled()).toBe(2);
});

it("discards bytes after the end of an answer together with the connection", async () => {
  const { client, memory } = connectTo(onHead(`${ok}${ok.replace("ok", "no")}`));
  expect(await (await client.request(get)).text()).toBe("ok");
  expect(await (await client.request(get)).text()).toBe("ok");
  expect(memory.dialled()).toBe(2);
});

it("holds the backend back while nobody reads, and the request while the backend does not", async () => {
  const chunk = Buffer.alloc(64 * 1024);
  let written = 0;
  const { client } = connectTo((stream, received) => {
    if (received.startsWith("PUT")) return void stream.pause();
    stream.write("HTTP/1.1 200 OK\r\n\r\n");
    const fill = (): void => {
      do written += 1;
      while (written < 1000 && stream.write(chunk));
    };
    stream.on("drain", fill);
    fill();
  });
  const { body } = await client.request(get);
  await vi.waitFor(() => expect(written).toBeGreaterThan(1));
  await new Promise(setImmediate);
  let pulled = 0;
  async function* endless() {
    for (;;) {
      pulled += 1;
      yield chunk;
    }
  }
  const upload = client.request({ method: "PUT", path: "/", body: endless() }, { timeoutMs: 100 });
  await expect(upload).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  expect(pulled).toBeLessThan(20);
  expect(written).toBeLessThan(20);
  for await (const first of body) {
    expect(first.byteLength).toBeGreaterThan(0);
    break;
  }
});
