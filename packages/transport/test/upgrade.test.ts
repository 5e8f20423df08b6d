import type { Duplex } from "node:stream";
import { expect, it, vi } from "vitest";
import type { ServiceResponse, SwitchedResponse } from "../src/index.ts";
import { connectTo, get, ok, onHead } from "./scripted-backend.ts";

const switching = "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: tcp\r\n\r\n";
const toTcp = { path: "/attach?secret", protocol: "tcp" };

function switched(answer: SwitchedResponse | ServiceResponse): SwitchedResponse {
  if ("stream" in answer) return answer;
  throw new Error(`not switched: ${answer.status}`);
}

function ordinary(answer: SwitchedResponse | ServiceResponse): ServiceResponse {
  if ("body" in answer) return answer;
  throw new Error("switched");
}

it("asks as RFC 9110 has it, with the fields that are the caller's and the client's to say", async () => {
  let received = "";
  const { client } = connectTo(
    onHead((stream, head) => {
      received = head;
      stream.write(switching);
    }),
    { headers: { "X-Client": "c" } },
  );
  const headers = [
    ["X-Own", "1"],
    ["Host", "evil"],
    ["Connection", "close, X-Hop"],
    ["X-Hop", "1"],
    ["Upgrade", "h2c"],
    ["Content-Length", "5"],
    ["X-Own", "2"],
  ] as const;
  const { stream } = switched(await client.upgrade({ path: "/a/../b?c", protocol: "tcp", headers }));
  stream.destroy();
  expect(received).toBe(
    "GET /a/../b?c HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: tcp\r\nX-Client: c\r\nX-Own: 1\r\nX-Own: 2\r\n\r\n",
  );
});

it("hands over the stream with the bytes that came with the head, and then whatever comes, both ways", async () => {
  const { client, memory } = connectTo((stream, received) => {
    if (received.endsWith("\r\n\r\n")) stream.write(`HTTP/1.1 103 Early Hints\r\n\r\n${switching}first`);
    if (received.endsWith("ping")) stream.end("pong");
  });
  const answer = switched(await client.upgrade(toTcp));
  expect({ ...answer, stream: undefined }).toEqual({
    status: 101,
    statusText: "Switching Protocols",
    headers: [
      ["connection", "Upgrade"],
      ["upgrade", "tcp"],
    ],
    stream: undefined,
  });
  await new Promise(setImmediate);
  answer.stream.write("ping");
  expect(Buffer.concat(await Array.fromAsync(answer.stream)).toString()).toBe("firstpong");
  answer.stream.destroy();
  expect(memory.dialled()).toBe(1);
});

it("ends a stream that breaks while nobody listens, and nothing else", async () => {
  const { client, memory } = connectTo(onHead(switching));
  const { stream } = switched(await client.upgrade(toTcp));
  memory.reset();
  await vi.waitFor(() => expect(stream.closed).toBe(true));
  await expect(Array.fromAsync(stream)).rejects.toThrow("ECONNRESET");
});

it("uses a connection of its own, never one of the pool, and gives none back", async () => {
  const { client, memory } = connectTo(onHead(ok), { maxConnections: 1 });
  expect(await (await client.request(get)).text()).toBe("ok");
  expect(await ordinary(await client.upgrade(toTcp)).text()).toBe("ok");
  await vi.waitFor(() => expect(memory.open()).toBe(1));
  expect(await (await client.request(get)).text()).toBe("ok");
  expect(memory.dialled()).toBe(2);
});

it("takes any other status for an ordinary answer", async () => {
  const { client, memory } = connectTo(
    onHead(
      "HTTP/1.1 426 Upgrade Required\r\nX-A: \xe9\r\nupgrade: tcp\r\nconnection: upgrade\r\nx-a: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n",
    ),
  );
  const answer = ordinary(await client.upgrade(toTcp));
  expect([answer.status, answer.statusText]).toEqual([426, "Upgrade Required"]);
  expect(answer.headers.filter(([name]) => /^x-a$/iu.test(name))).toEqual([
    ["X-A", "é"],
    ["x-a", "2"],
  ]);
  expect(await answer.text()).toBe("no");
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("loses no field of an answer that has a thousand and more", async () => {
  const { client } = connectTo(onHead(`${switching.slice(0, -2)}${"a:\r\n".repeat(2500)}last: 1\r\n\r\n`));
  const { headers, stream } = switched(await client.upgrade(toTcp));
  stream.destroy();
  expect(headers).toHaveLength(2503);
  expect(headers.at(-1)).toEqual(["last", "1"]);
});

it.each([
  ["garbage", "SSH-2.0-OpenSSH\r\n", "MESSAGE_MALFORMED"],
  ["another protocol", switching.replace("tcp", "h2c"), "MESSAGE_MALFORMED"],
  ["two protocols", switching.replace("tcp", "tcp, h2c"), "MESSAGE_MALFORMED"],
  ["a switch to nothing in particular", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "MESSAGE_MALFORMED"],
  ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx", "MESSAGE_MALFORMED"],
  ["headers over 16 KiB", `HTTP/1.1 101 x\r\nx: ${"y".repeat(17 * 1024)}\r\n\r\n`, "MESSAGE_TOO_LARGE"],
])("refuses %s as an answer", async (_, answer, code) => {
  const { client, memory } = connectTo(onHead(answer));
  await expect(client.upgrade(toTcp)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/^upgrade \/attach to tcp: /u),
  });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("says that the backend closed before its answer, or in the middle of its body", async () => {
  const early = connectTo(onHead((stream) => stream.end("HTTP/1.1 1")));
  await expect(early.client.upgrade(toTcp)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  const silent = connectTo(onHead((stream) => stream.destroy()));
  await expect(silent.client.upgrade(toTcp)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  for (const framing of ["content-length: 9\r\n\r\npart", "transfer-encoding: chunked\r\n\r\n4\r\npart\r\n"]) {
    const cut = connectTo(onHead((stream) => stream.end(`HTTP/1.1 400 Bad Request\r\n${framing}`)));
    await expect(ordinary(await cut.client.upgrade(toTcp)).text()).rejects.toMatchObject({
      code: "CONNECTION_LOST",
      message: "upgrade /attach to tcp: the backend closed the connection in the middle of its answer",
    });
  }
  const { client, memory } = connectTo(onHead("HTTP/1.0 400 Bad Request\r\n\r\npart"));
  const reset = ordinary(await client.upgrade(toTcp));
  memory.reset();
  await expect(reset.text()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

it("refuses a chunk that is none, in the middle of a body", async () => {
  const { client } = connectTo(onHead("HTTP/1.1 400 x\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n"));
  await expect(ordinary(await client.upgrade(toTcp)).text()).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
});

it("refuses what must not be sent, before anything is dialled", async () => {
  const { client, memory } = connectTo(onHead(switching));
  for (const request of [
    { path: "//evil", protocol: "tcp" },
    { path: "/a b", protocol: "tcp" },
    { path: "/", protocol: "" },
    { path: "/", protocol: "tcp\r\nx: y" },
    { path: "/", protocol: "tcp, h2c" },
    { path: "/", protocol: "tcp", headers: { x: "a\r\nb: c" } },
    { path: "/", protocol: "tcp", headers: { "x\n": "a" } },
  ])
    await expect(client.upgrade(request)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(client.upgrade(JSON.parse('{"path":"/"}'))).rejects.toThrow(TypeError);
  expect(memory.dialled()).toBe(0);
});

it("waits so long for an answer, and so long for the rest of it", async () => {
  const silent = connectTo(() => {}, { firstByteTimeoutMs: 30 });
  await expect(silent.client.upgrade(toTcp)).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  const late = connectTo(() => {});
  await expect(late.client.upgrade(toTcp, { timeoutMs: 30 })).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  const stalling = connectTo(onHead("HTTP/1.1 400 x\r\ncontent-length: 9\r\n\r\npart"), { idleTimeoutMs: 30 });
  const answer = ordinary(await stalling.client.upgrade(toTcp));
  await expect(answer.text()).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  for (const { memory } of [silent, late, stalling]) await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("ends at its signal while it waits, and does not touch a stream that was handed over", async () => {
  const { client, memory } = connectTo(
    onHead((stream, head) => void (head.includes("attach") && stream.write(switching))),
  );
  const fired = AbortSignal.abort("no");
  await expect(client.upgrade(toTcp, { signal: fired })).rejects.toMatchObject({ code: "ABORTED", cause: "no" });
  expect(memory.dialled()).toBe(0);
  const controller = new AbortController();
  const waiting = client.upgrade({ ...toTcp, path: "/silent" }, { signal: controller.signal });
  await vi.waitFor(() => expect(memory.open()).toBe(1));
  controller.abort("enough");
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
  const later = new AbortController();
  const { stream } = switched(await client.upgrade(toTcp, { signal: later.signal, timeoutMs: 500 }));
  later.abort();
  // When this one's time is up, that one's would be, too.
  await expect(client.upgrade({ ...toTcp, path: "/silent" }, { timeoutMs: 500 })).rejects.toMatchObject({
    code: "DEADLINE_EXCEEDED",
  });
  expect(stream.destroyed).toBe(false);
  stream.destroy();
});

it("hands on what the dialer throws, and destroys a stream that comes when the call has ended", async () => {
  const { memory } = connectTo(() => {});
  const failing = connectTo(() => {}, {
    dialer: { ...memory.dialer, connect: () => Promise.reject(new Error("no way")) },
  });
  await expect(failing.client.upgrade(toTcp)).rejects.toMatchObject({
    code: "INTERNAL",
    message: "dial unix:///memory: no way",
  });
  const { promise, resolve } = Promise.withResolvers<Duplex>();
  const slow = connectTo(() => {}, { dialer: { ...memory.dialer, connect: () => promise } });
  const controller = new AbortController();
  const late = slow.client.upgrade(toTcp, { signal: controller.signal });
  controller.abort();
  const stream = await memory.dialer.connect({ scheme: "unix", path: "/memory" });
  resolve(stream);
  await expect(late).rejects.toMatchObject({ code: "ABORTED" });
  expect(stream.destroyed).toBe(true);
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("holds the backend of an ordinary answer back while nobody reads, and closes when the reader leaves early", async () => {
  let written = 0;
  const { client, memory } = connectTo(
    onHead((stream) => {
      stream.write("HTTP/1.1 400 x\r\n\r\n");
      const fill = (): void => {
        do written += 1;
        while (written < 1000 && stream.write(Buffer.alloc(64 * 1024)));
      };
      stream.on("drain", fill);
      fill();
    }),
    { idleTimeoutMs: 200 },
  );
  const { body } = ordinary(await client.upgrade(toTcp));
  await vi.waitFor(() => expect(written).toBeGreaterThan(1));
  // A reader may take its time: when this one's is up, the answer's would be, too.
  const silent = connectTo(() => {}, { firstByteTimeoutMs: 300 });
  await expect(silent.client.upgrade(toTcp)).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  expect(written).toBeLessThan(20);
  for await (const chunk of body) {
    expect(chunk.byteLength).toBeGreaterThan(0);
    break;
  }
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("is destroyed with the client, whether it waits, was handed over or is being read", async () => {
  const { client, memory } = connectTo(
    onHead((stream: Duplex, head) => {
      if (head.includes("/attach")) stream.write(switching);
      if (head.includes("/body")) stream.write("HTTP/1.1 400 x\r\ncontent-length: 9\r\n\r\npart");
    }),
  );
  const { stream } = switched(await client.upgrade(toTcp));
  const { body } = ordinary(await client.upgrade({ ...toTcp, path: "/body" }));
  const waiting = client.upgrade({ ...toTcp, path: "/silent" });
  waiting.catch(() => {});
  await vi.waitFor(() => expect(memory.open()).toBe(3));
  await client[Symbol.asyncDispose]();
  expect(memory.open()).toBe(0);
  await expect(Array.fromAsync(stream)).rejects.toMatchObject({ code: "ABORTED" });
  await expect(Array.fromAsync(body)).rejects.toMatchObject({ code: "ABORTED" });
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
  await expect(client.upgrade(toTcp)).rejects.toMatchObject({ code: "ABORTED" });
});
