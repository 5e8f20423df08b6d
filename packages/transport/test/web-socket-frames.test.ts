import { expect, it, vi } from "vitest";
import type { ServiceWebSocket, WebSocketOptions } from "../src/index.ts";
import type { MemoryTransport } from "./memory-transport.ts";
import { closeFrame, frame, handshake, onWebSocket, opcodes, type RawWebSocket } from "./raw-web-socket.ts";
import { connectTo, onHead } from "./scripted-backend.ts";

interface Opened {
  readonly socket: ServiceWebSocket;
  readonly peer: RawWebSocket;
  readonly memory: MemoryTransport;
  /** The frames the backend got, as opcode and text; of a close, its code. */
  readonly got: () => readonly string[];
}

/** A WebSocket whose other end is ours byte for byte. */
async function open(options: WebSocketOptions = {}): Promise<Opened> {
  let peer: RawWebSocket | undefined;
  const { client, memory } = connectTo(onWebSocket((socket) => (peer = socket)));
  const socket = await client.webSocket("/", options);
  if (peer === undefined) throw new Error("not opened");
  const got = (): readonly string[] =>
    (peer?.frames() ?? []).map(({ opcode, payload }) =>
      opcode === opcodes.close
        ? `close ${payload.length > 1 ? payload.readUInt16BE() : ""}`
        : `${opcode} ${payload.toString()}`,
    );
  return { socket, peer, memory, got };
}

it("takes a message that comes with the head, and text whose characters are cut anywhere", async () => {
  const text = "aé€😀z";
  const bytes = Buffer.from(text);
  const { client } = connectTo(
    onHead((stream, head) => {
      stream.write(Buffer.concat([Buffer.from(handshake(head)), frame(opcodes.text, "with the head")]));
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        stream.write(frame(opcodes.text, bytes.subarray(0, cut), { fin: false }));
        stream.write(frame(opcodes.continuation, bytes.subarray(cut)));
        for (const byte of frame(opcodes.text, bytes)) stream.write(Buffer.from([byte]));
      }
      stream.write(closeFrame(1000));
      stream.on("data", () => stream.end());
    }),
  );
  const socket = await client.webSocket("/");
  const messages = await Array.fromAsync(socket);
  expect(messages[0]).toBe("with the head");
  expect(messages.slice(1)).toEqual(Array.from({ length: 2 * (bytes.length + 1) }, () => text));
});

it("tells text from bytes, empty ones too", async () => {
  const { socket, peer } = await open();
  for (const [opcode, payload] of [
    [opcodes.text, ""],
    [opcodes.binary, ""],
    [opcodes.binary, Buffer.from([0, 255])],
  ] as const)
    peer.stream.write(frame(opcode, payload));
  peer.stream.end(closeFrame(1000));
  expect(await Array.fromAsync(socket)).toEqual(["", Buffer.alloc(0), Buffer.from([0, 255])]);
});

it.each([
  ["text that is not UTF-8", frame(opcodes.text, Buffer.from([0xc3, 0x28])), "1007"],
  ["text cut in a character", frame(opcodes.text, Buffer.from("é").subarray(0, 1)), "1007"],
  ["a reserved bit", frame(opcodes.text, "x", { reserved: 0x40 }), "1002"],
  ["an opcode that means nothing", frame(3, "x"), "1002"],
  ["a continuation of nothing", frame(opcodes.continuation, "x"), "1002"],
  ["a ping in fragments", frame(opcodes.ping, "x", { fin: false }), "1002"],
  ["a ping that is too long", frame(opcodes.ping, "x".repeat(126)), "1002"],
  ["a frame that is masked", Buffer.from([0x81, 0x81, 1, 2, 3, 4, 0x78]), "1002"],
  ["a close with half a code", frame(opcodes.close, "x"), "1002"],
  ["a close with a code that is for reports", closeFrame(1005), "1002"],
])("says that %s is malformed, after the messages before it", async (_, bytes, code) => {
  const { socket, peer, got } = await open();
  peer.stream.write(Buffer.concat([frame(opcodes.text, "whole"), bytes]));
  const messages: unknown[] = [];
  const reading = (async () => {
    for await (const message of socket) messages.push(message);
  })();
  await expect(reading).rejects.toMatchObject({
    code: "MESSAGE_MALFORMED",
    message: expect.stringMatching(/^WebSocket \/: /u),
  });
  expect(messages).toEqual(["whole"]);
  await vi.waitFor(() => expect(got()).toEqual([`close ${code}`]));
  await expect(socket.send("x")).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
  peer.stream.end();
  await socket.closed;
});

it("takes a message of the limit and none of a byte more, in one frame or in many", async () => {
  const exact = await open({ maxMessageBytes: 200 });
  exact.peer.stream.write(frame(opcodes.text, "x".repeat(200)));
  exact.peer.stream.write(frame(opcodes.text, "x".repeat(100), { fin: false }));
  exact.peer.stream.end(Buffer.concat([frame(opcodes.continuation, "x".repeat(100)), closeFrame(1000)]));
  expect(await Array.fromAsync(exact.socket)).toHaveLength(2);
  for (const bytes of [
    frame(opcodes.text, "x".repeat(201)),
    Buffer.concat([frame(opcodes.binary, "x".repeat(100), { fin: false }), frame(0, "x".repeat(101))]),
    // Only the length came: it is enough to say no.
    frame(opcodes.binary, Buffer.alloc(70_000)).subarray(0, 10),
    Buffer.concat([Buffer.from([0x82, 127]), Buffer.alloc(8, 255)]),
  ]) {
    const { socket, peer, got } = await open({ maxMessageBytes: 200 });
    peer.stream.write(bytes);
    await expect(Array.fromAsync(socket)).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
    await vi.waitFor(() => expect(got()).toEqual(["close 1009"]));
  }
});

it("takes 1,024 fragments and none more, and no frame in more than 16,384 pieces", async () => {
  const fragments = (count: number): Buffer =>
    Buffer.concat(
      Array.from({ length: count }, (_, index) =>
        frame(index === 0 ? opcodes.binary : opcodes.continuation, "x", { fin: index === count - 1 }),
      ),
    );
  const exact = await open();
  exact.peer.stream.end(Buffer.concat([fragments(1024), closeFrame(1000)]));
  expect(await Array.fromAsync(exact.socket)).toHaveLength(1);
  const many = await open();
  many.peer.stream.write(fragments(1025));
  await expect(Array.fromAsync(many.socket)).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
  await vi.waitFor(() => expect(many.got()).toEqual(["close 1008"]));
  const pieces = await open();
  const reading = Array.fromAsync(pieces.socket);
  reading.catch(() => {});
  pieces.peer.stream.write(frame(opcodes.binary, Buffer.alloc(20_000)).subarray(0, 4));
  for (let count = 0; count < 16_400; count += 1)
    if (!pieces.peer.stream.write(Buffer.alloc(1))) await new Promise(setImmediate);
  await expect(reading).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
});

it("answers pings, also a thousand at once, and counts none of them as a message", async () => {
  const { socket, peer, got } = await open();
  peer.stream.write(frame(opcodes.ping, "here?"));
  await vi.waitFor(() => expect(got()).toEqual(["10 here?"]));
  peer.stream.write(Buffer.concat(Array.from({ length: 1000 }, () => frame(opcodes.ping))));
  await vi.waitFor(() => expect(got()).toHaveLength(1001));
  peer.stream.write(frame(opcodes.pong, "unasked"));
  peer.stream.end(closeFrame(1000));
  expect(await Array.fromAsync(socket)).toEqual([]);
});

it("reads no more than it keeps while nobody takes it, and then goes on to the last of 10,000 messages", async () => {
  const { socket, peer } = await open();
  const total = 10_000;
  let read = 0;
  for (let index = 0; index < total; index += 1)
    peer.stream.write(frame(opcodes.text, String(index).padEnd(1000)), () => (read += 1));
  peer.stream.end(closeFrame(1000));
  // 64 KiB, of a thousand bytes and what is counted besides, and what one turn of the other stream lets through.
  for (let turns = 0; turns < 1000; turns += 1) await new Promise(setImmediate);
  expect(read).toBeGreaterThan(50);
  expect(read).toBeLessThan(150);
  let [next, most] = [0, 0];
  for await (const message of socket) {
    expect(Number(message)).toBe(next);
    next += 1;
    most = Math.max(most, read - next);
  }
  expect(next).toBe(total);
  expect(most).toBeLessThan(150);
});

it.each([
  ["a code and a reason", closeFrame(4001, "tschüß"), { code: 4001, reason: "tschüß" }],
  ["a failure of its own", closeFrame(1011), { code: 1011, reason: "" }],
  ["nothing to say", frame(opcodes.close), { code: 1005, reason: "" }],
])("ends cleanly when the backend closes with %s", async (_, bytes, closed) => {
  const { socket, peer, memory } = await open();
  peer.stream.end(Buffer.concat([frame(opcodes.text, "last"), bytes]));
  expect(await Array.fromAsync(socket)).toEqual(["last"]);
  expect(await socket.closed).toEqual(closed);
  await expect(socket.send("x")).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  expect(memory.open()).toBe(0);
});

it.each([
  ["ends without a close", (peer: RawWebSocket) => void peer.stream.end()],
  ["is gone", (peer: RawWebSocket) => void peer.stream.destroy()],
  [
    "ends in the middle of a frame",
    (peer: RawWebSocket) => void peer.stream.end(frame(opcodes.text, "x").subarray(0, 2)),
  ],
])("says that the connection is lost when the backend %s, after the messages that were whole", async (_, die) => {
  const { socket, peer, memory } = await open();
  peer.stream.write(frame(opcodes.text, "whole"), () => die(peer));
  const iterator = socket[Symbol.asyncIterator]();
  expect(await iterator.next()).toEqual({ done: false, value: "whole" });
  await expect(iterator.next()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  expect(await socket.closed).toEqual({ code: 1006, reason: "" });
  await expect(socket.send("x")).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  expect(memory.open()).toBe(0);
});

it("fails what is being sent when the connection is reset", async () => {
  const { socket, memory, peer } = await open();
  peer.stream.pause();
  const sending = Promise.all([socket.send(Buffer.alloc(500_000)), socket.send("x")]);
  memory.reset();
  await expect(sending).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  await expect(Array.fromAsync(socket)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
});

it("says goodbye when the loop is left, and discards what still comes", async () => {
  const { socket, peer, got } = await open();
  peer.stream.write(Buffer.concat([frame(opcodes.text, "1"), frame(opcodes.text, "2")]));
  for await (const message of socket) {
    expect(message).toBe("1");
    break;
  }
  await vi.waitFor(() => expect(got()).toEqual(["close 1000"]));
  peer.stream.write(frame(opcodes.text, "3"));
  expect(await Array.fromAsync(socket)).toEqual([]);
  await expect(socket.send("x")).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  peer.stream.end(closeFrame(1000));
  expect(await socket.closed).toEqual({ code: 1000, reason: "" });
});

it("closes with the code and the reason it is given, and ends the loop after what came before", async () => {
  const { socket, peer, got } = await open();
  peer.stream.write(frame(opcodes.text, "before"));
  await new Promise(setImmediate);
  const closing = Promise.all([socket.close(4000, "because"), socket.close()]);
  expect(await Array.fromAsync(socket)).toEqual(["before"]);
  await vi.waitFor(() => expect(got()).toEqual(["close 4000"]));
  expect(peer.frames()[0]?.payload.subarray(2).toString()).toBe("because");
  peer.stream.end(closeFrame(4000, "because"));
  await closing;
  expect(await socket.closed).toEqual({ code: 4000, reason: "because" });
});

it("finds the answer to its close behind all that nobody took", async () => {
  const { socket, peer, got } = await open();
  for (let index = 0; index < 1000; index += 1) peer.stream.write(frame(opcodes.binary, Buffer.alloc(1000)));
  await vi.waitFor(() => expect(peer.stream.writableLength).toBeLessThan(1_000_000));
  const closing = socket.close();
  await vi.waitFor(() => expect(got()).toEqual(["close 1000"]));
  peer.stream.end(closeFrame(1000));
  await closing;
  expect(await socket.closed).toEqual({ code: 1000, reason: "" });
  expect((await Array.fromAsync(socket)).length).toBeLessThan(150);
});

it("cuts off a backend that does not answer a close in time, one that goes on sending too", async () => {
  const { socket, peer, memory } = await open({ closeTimeoutMs: 30 });
  const fill = (): void => void peer.stream.write(frame(opcodes.binary, Buffer.alloc(1000)), () => setImmediate(fill));
  fill();
  const iterator = socket[Symbol.asyncIterator]();
  await iterator.next();
  await socket.close();
  expect(await socket.closed).toEqual({ code: 1006, reason: "" });
  expect(memory.open()).toBe(0);
});

it("refuses a close that cannot be sent, and stays open", async () => {
  const { socket, got } = await open();
  for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 1000.5, NaN])
    await expect(socket.close(code)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(socket.close(1000, "x".repeat(124))).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(socket.close("1000" as unknown as number)).rejects.toThrow(TypeError);
  await expect(socket.close(1000, Buffer.alloc(1) as unknown as string)).rejects.toThrow(TypeError);
  await expect(socket.send(1 as unknown as string)).rejects.toThrow(TypeError);
  await socket.send("still here");
  expect(got()).toEqual(["1 still here"]);
});

it("is destroyed with the client, and its loop says so at once", async () => {
  let peer: RawWebSocket | undefined;
  const { client, memory } = connectTo(onWebSocket((socket) => (peer = socket)));
  const socket = await client.webSocket("/");
  peer?.stream.write(Buffer.concat(["1", "2"].map((text) => frame(opcodes.text, text))));
  const iterator = socket[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toBe("1");
  await client[Symbol.asyncDispose]();
  expect(memory.open()).toBe(0);
  await expect(iterator.next()).rejects.toMatchObject({ code: "ABORTED" });
  await expect(socket.send("x")).rejects.toMatchObject({ code: "ABORTED" });
  expect(await socket.closed).toEqual({ code: 1006, reason: "" });
  await expect(client.webSocket("/")).rejects.toMatchObject({ code: "ABORTED" });
});
