import { Readable } from "node:stream";
import { expect, it, vi } from "vitest";
import type { ServiceResponse } from "../src/index.ts";
import { connectTo, get, ok, onHead } from "./scripted-backend.ts";

it("hands on status, text and every field in order, and skips early hints", async () => {
  const { client } = connectTo(
    onHead(
      "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 418 Short And Stout\r\nSet-Cookie: a=\xe9\r\nX: 1\r\nset-cookie: b\r\nContent-Length: 0\r\n\r\n",
    ),
  );
  const response = await client.request(get);
  expect({ ...response, body: undefined }).toMatchObject({ status: 418, statusText: "Short And Stout" });
  expect(response.headers).toEqual([
    ["Set-Cookie", "a=é"],
    ["X", "1"],
    ["set-cookie", "b"],
    ["Content-Length", "0"],
  ]);
  expect(await response.text()).toBe("");
});

it.each([
  ["a body with a length", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart"],
  [
    "a body with a length and no other request after it",
    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\npart",
  ],
  ["a chunked body", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\n"],
  [
    "a chunked body and no other request after it",
    "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\n",
  ],
])("never takes the end of the connection for the end of %s", async (_, answer) => {
  const { client } = connectTo(onHead((stream) => stream.end(answer)));
  const { body } = await client.request(get);
  await expect(Array.fromAsync(body)).rejects.toMatchObject({
    code: "CONNECTION_LOST",
    message: "request GET /: the backend closed the connection in the middle of its answer",
  });
});

it("never takes a reset for the end of a body, not even of one without a length", async () => {
  const { client, memory } = connectTo(onHead("HTTP/1.0 200 OK\r\n\r\npart"));
  const { body } = await client.request(get);
  memory.reset();
  await expect(Array.fromAsync(body)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

it("takes the end of the connection for the end of a body without a length", async () => {
  const { client } = connectTo(onHead((stream) => stream.end("HTTP/1.0 200 OK\r\n\r\nall of it")));
  expect(await (await client.request(get)).text()).toBe("all of it");
});

it.each([
  ["garbage", "SSH-2.0-OpenSSH\r\n"],
  ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx"],
  ["a length and chunks", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["an upgrade nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"],
  ["a 100 nobody asked for", "HTTP/1.1 100 Continue\r\n\r\n"],
])("refuses %s as an answer", async (_, answer) => {
  const { client } = connectTo(onHead(answer));
  await expect(client.request(get)).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
});

it("refuses a chunk that is none, in the middle of a body", async () => {
  const { client } = connectTo(onHead("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n"));
  await expect((await client.request(get)).text()).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
});

it("refuses headers over 16 KiB", async () => {
  const { client } = connectTo(onHead(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(17 * 1024)}\r\n\r\n`));
  await expect(client.request(get)).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
});

it("waits so long for an answer, and so long for the rest of it", async () => {
  const silent = connectTo(() => {}, { firstByteTimeoutMs: 50 });
  await expect(silent.client.request(get)).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  const stalling = connectTo(onHead("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart"), { idleTimeoutMs: 50 });
  await expect((await stalling.client.request(get)).text()).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
});

it("ends a call at its own deadline or signal, up to the last byte of the answer", async () => {
  const { client, memory } = connectTo(onHead("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart"));
  const late = await client.request(get, { timeoutMs: 50 });
  await expect(late.text()).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  const controller = new AbortController();
  const aborted = await client.request(get, { signal: controller.signal });
  const text = aborted.text();
  controller.abort("enough");
  await expect(text).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("reads a body once, whole or in pieces, and as JSON only what is JSON", async () => {
  const { client } = connectTo(onHead(ok));
  const whole = await client.request(get);
  expect(Buffer.from(await whole.bytes()).toString()).toBe("ok");
  const pieces = await client.request(get);
  expect(Buffer.concat(await Array.fromAsync(pieces.body)).toString()).toBe("ok");
  for (const response of [whole, pieces]) {
    await expect(response.text()).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(Array.fromAsync(response.body)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  }
  await expect((await client.request(get)).json()).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
});

it("tells a sink that takes piece by piece of no empty one, and of a backend that stopped", async () => {
  const { client } = connectTo(onHead("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart"), { idleTimeoutMs: 50 });
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const pieces: string[] = [];
  const forwarding = client.forward(
    { ...get, headers: [] },
    {
      head() {},
      data(piece) {
        pieces.push(piece.toString());
        setImmediate(() => forwarding.resume());
        return false;
      },
      end: () => resolve("end"),
      failed: resolve,
    },
  );
  expect(await promise).toMatchObject({ code: "DEADLINE_EXCEEDED" });
  expect(pieces).toEqual(["part"]);
});

it.each([
  ["whole", (response: ServiceResponse) => response.bytes()],
  ["in pieces", async (response: ServiceResponse) => Buffer.concat(await Array.fromAsync(response.body))],
])("gives an answer that was held back to a reader who comes late, %s", async (_, read) => {
  const pieces = Array.from({ length: 100 }, (__, index) => Buffer.alloc(10_000, String(index)));
  const { client } = connectTo(
    onHead((stream) => {
      stream.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
      Readable.from(pieces).pipe(stream, { end: false });
    }),
  );
  const response = await client.request(get);
  await new Promise(setImmediate);
  expect(Buffer.concat(pieces).equals(await read(response))).toBe(true);
});
