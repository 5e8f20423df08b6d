import { expect, it, vi } from "vitest";
import { handshake, onWebSocket } from "./raw-web-socket.ts";
import { connectTo, onHead } from "./scripted-backend.ts";

it("asks as RFC 6455 has it, with the fields that are the caller's and the client's to say, and offers no extension", async () => {
  let head = "";
  const { client } = connectTo(
    onWebSocket((socket) => ({ head } = socket)),
    { headers: { "X-Client": "c" } },
  );
  const headers = [
    ["X-Own", "1"],
    ["Cookie", "a"],
    ["Host", "evil"],
    ["Connection", "close, X-Hop"],
    ["X-Hop", "1"],
    ["Upgrade", "h2c"],
    ["Sec-WebSocket-Key", "mine"],
    ["sec-websocket-extensions", "permessage-deflate"],
    ["X-Own", "2"],
  ] as const;
  await client.webSocket("/a/../b;c?d=%20#e", { headers });
  const [line, ...fields] = head.trimEnd().split("\r\n");
  expect(line).toBe("GET /a/../b;c?d=%20#e HTTP/1.1");
  expect(fields.map((field) => field.replace(/(Key: )\S{22}==$/u, "$1<16 bytes>")).toSorted()).toEqual(
    [
      "Connection: Upgrade",
      "Cookie: a",
      "Host: localhost",
      "Sec-WebSocket-Key: <16 bytes>",
      "Sec-WebSocket-Version: 13",
      "Upgrade: websocket",
      "X-Client: c",
      "X-Own: 1",
      "X-Own: 2",
    ].toSorted(),
  );
});

it.each([
  ["404", "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno", 404],
  ["a redirect", "HTTP/1.1 301 Moved\r\nlocation: ws://evil/\r\ncontent-length: 0\r\n\r\n", 301],
  ["200", "HTTP/1.1 200 OK\r\n\r\n", 200],
  ["a switch to nothing in particular", "HTTP/1.1 101 Switching Protocols\r\n\r\n", 101],
])("says that the backend answered with %s", async (_, answer, status) => {
  const { client, memory } = connectTo(onHead(answer));
  await expect(client.webSocket("/a?secret")).rejects.toMatchObject({
    code: "MESSAGE_MALFORMED",
    message: `WebSocket /a: the backend answered ${status} instead of switching to WebSocket`,
    details: { status },
  });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
  expect(memory.dialled()).toBe(1);
});

it.each([
  ["another protocol", (head: string) => handshake(head).replace("websocket", "tcp")],
  ["another key", () => handshake("")],
  ["no key", (head: string) => handshake(head).replace(/Sec-.*\r\n/u, "")],
  ["a subprotocol that was not offered", (head: string) => handshake(head, "Sec-WebSocket-Protocol: c\r\n")],
  ["none of the subprotocols", (head: string) => handshake(head)],
  [
    "an extension that was not offered",
    (head: string) => handshake(head, "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"),
  ],
  ["garbage", () => "SSH-2.0-OpenSSH\r\n"],
])("refuses %s as an answer", async (_, answer) => {
  const { client, memory } = connectTo(onHead((stream, head) => void stream.write(answer(head))));
  await expect(client.webSocket("/", { protocols: ["a", "b"] })).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("answers with the subprotocol the backend chose", async () => {
  const { client } = connectTo(
    onHead((stream, head) => {
      expect(head).toContain("\r\nSec-WebSocket-Protocol: a,b\r\n");
      stream.write(handshake(head, "Sec-WebSocket-Protocol: b\r\n"));
    }),
  );
  expect((await client.webSocket("/", { protocols: ["a", "b"] })).protocol).toBe("b");
});

it("refuses headers over 16 KiB, and says that the backend closed before its answer", async () => {
  const large = connectTo(
    onHead((stream, head) => void stream.write(handshake(head, `x: ${"y".repeat(17 * 1024)}\r\n`))),
  );
  await expect(large.client.webSocket("/")).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
  for (const end of ["end", "destroy"] as const) {
    const gone = connectTo(onHead((stream) => void stream[end]()));
    await expect(gone.client.webSocket("/")).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  }
});

it("refuses what must not be sent, before anything is dialled", async () => {
  const { client, memory } = connectTo(onHead(""));
  const wrong = { code: "INVALID_ARGUMENT" };
  for (const path of ["//evil", "/a b", "x", ""]) await expect(client.webSocket(path)).rejects.toMatchObject(wrong);
  for (const protocols of [[""], ["a b"], ["a\r\nb"], ["a", "a"]])
    await expect(client.webSocket("/", { protocols })).rejects.toMatchObject(wrong);
  await expect(client.webSocket("/", { headers: { x: "a\r\nb: c" } })).rejects.toMatchObject(wrong);
  for (const value of [0, -1, 1.5, 2 ** 31, Infinity, NaN]) {
    for (const name of ["maxMessageBytes", "maxBufferedBytes", "closeTimeoutMs"])
      await expect(client.webSocket("/", { [name]: value })).rejects.toMatchObject(wrong);
  }
  await expect(client.webSocket(1 as unknown as string)).rejects.toThrow(TypeError);
  await expect(client.webSocket("/", { protocols: [1 as unknown as string] })).rejects.toThrow(TypeError);
  await expect(client.webSocket("/", { maxMessageBytes: "1" as unknown as number })).rejects.toThrow(TypeError);
  expect(memory.dialled()).toBe(0);
});

it("waits so long for an answer, and no longer once it is open", async () => {
  const silent = connectTo(() => {}, { firstByteTimeoutMs: 20 });
  await expect(silent.client.webSocket("/")).rejects.toMatchObject({
    code: "DEADLINE_EXCEEDED",
    message: "WebSocket /: the backend did not answer in time",
  });
  const { client } = connectTo(
    onHead((stream, head) => void (head.startsWith("GET / ") && stream.write(handshake(head)))),
    { firstByteTimeoutMs: 500, idleTimeoutMs: 1 },
  );
  const controller = new AbortController();
  const socket = await client.webSocket("/", { timeoutMs: 500, signal: controller.signal });
  controller.abort();
  // When this one's time is up, that one's would be, too.
  await expect(client.webSocket("/silent", { timeoutMs: 500 })).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  await socket.send("x");
});

it("is called off by its signal", async () => {
  const { client, memory } = connectTo(() => {});
  const controller = new AbortController();
  const waiting = client.webSocket("/", { signal: controller.signal });
  waiting.catch(() => {});
  await vi.waitFor(() => expect(memory.open()).toBe(1));
  controller.abort("enough");
  await expect(waiting).rejects.toMatchObject({
    code: "ABORTED",
    message: "WebSocket /: aborted",
    cause: "enough",
  });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("is not opened when the client is closed in the middle", async () => {
  const { client, memory } = connectTo(() => {});
  const waiting = client.webSocket("/");
  waiting.catch(() => {});
  await vi.waitFor(() => expect(memory.open()).toBe(1));
  await client[Symbol.asyncDispose]();
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
});
