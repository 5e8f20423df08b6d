import { expect, it, vi } from "vitest";
import type { EventOptions, ServiceEvent } from "../src/index.ts";
import { connectTo, get, ok, onHead } from "./scripted-backend.ts";

const head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
const chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-type: text/event-stream\r\n\r\n";

/** The events that came before the end, and what the end was. */
async function drain(events: AsyncIterable<ServiceEvent>): Promise<{ data: readonly string[]; error: unknown }> {
  const data: string[] = [];
  try {
    for await (const event of events) data.push(event.data);
  } catch (error) {
    return { data, error };
  }
  return { data, error: undefined };
}

it("asks for events with the fields of the caller and the client, and again for each loop", async () => {
  const heads: string[] = [];
  const { client, memory } = connectTo(
    onHead((stream, received) => {
      heads.push(received);
      stream.end(`${head}id: 1\nevent: add\ndata: x\n\n`);
    }),
    { headers: { Accept: "*/*", "X-Client": "c" } },
  );
  const events = client.events("/a?b", { headers: { "X-Own": "1", "last-event-id": "no" }, lastEventId: "é" });
  expect(memory.dialled()).toBe(0);
  for (let loop = 0; loop < 2; loop += 1)
    expect(await Array.fromAsync(events)).toEqual([{ type: "add", data: "x", id: "1" }]);
  expect(heads[0]).toBe(
    "GET /a?b HTTP/1.1\r\nhost: localhost\r\nconnection: keep-alive\r\nX-Client: c\r\nX-Own: 1\r\naccept: text/event-stream\r\nlast-event-id: Ã©\r\n\r\n",
  );
  expect(heads).toEqual([heads[0], heads[0]]);
  expect(await drain(client.events("/", { lastEventId: "" }))).toMatchObject({ error: undefined });
  expect(heads[2]).not.toContain("last-event-id");
});

it.each([["text/event-stream;charset=utf-8"], ["Text/Event-Stream ; x=y"]])(
  "takes %s for an event stream",
  async (type) => {
    const { client } = connectTo(
      onHead((stream) => stream.end(`${head.replace("text/event-stream", type)}data: x\n\n`)),
    );
    expect(await drain(client.events("/"))).toEqual({ data: ["x"], error: undefined });
  },
);

it.each([
  ["404", head.replace("200 OK", "404 Not Found"), 404],
  ["204", "HTTP/1.1 204 No Content\r\ncontent-type: text/event-stream\r\n\r\n", 204],
  ["a redirect", "HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n", 302],
  ["HTML", head.replace("event-stream", "html"), 200],
  ["a type that only begins like it", head.replace("event-stream", "event-streams"), 200],
  ["no type", "HTTP/1.1 200 OK\r\n\r\n", 200],
])("refuses an answer with %s", async (_, answer, status) => {
  const { client, memory } = connectTo(onHead(`${answer}data: x\n\n`));
  expect(await drain(client.events("/a?secret"))).toMatchObject({
    data: [],
    error: {
      code: "MESSAGE_MALFORMED",
      message: expect.stringMatching(/^request GET \/a: the backend answered .* instead of an event stream$/u),
      details: { status },
    },
  });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("ends with the answer, and keeps its connection for the next request", async () => {
  const { client, memory } = connectTo(
    onHead((stream, received) => {
      const body = "d\r\ndata: 1\n\ndata\r\n5\r\n: 2\n\n\r\n0\r\n\r\n";
      stream.write(received.includes("GET / ") ? ok : chunked + body);
    }),
  );
  expect(await drain(client.events("/events"))).toEqual({ data: ["1", "2"], error: undefined });
  await new Promise(setImmediate);
  expect(await (await client.request(get)).text()).toBe("ok");
  expect(memory.dialled()).toBe(1);
});

it.each([
  ["is cut", `${chunked}15\r\ndata: 1\n\ndata: 2\n\ndat\r\n`, "CONNECTION_LOST"],
  ["turns into garbage", `${chunked}12\r\ndata: 1\n\ndata: 2\n\n\r\nzz\r\n`, "MESSAGE_MALFORMED"],
  ["has an event that is too large", `${head}data: 1\n\ndata: 2\n\ndata: ${"x".repeat(100)}\n\n`, "MESSAGE_TOO_LARGE"],
])("gives the events that were whole to a reader however slow, when the answer %s", async (_, answer, code) => {
  const { client, memory } = connectTo(
    onHead((stream) => void stream.write(answer, () => code === "CONNECTION_LOST" && stream.destroy())),
  );
  const events = client.events("/", { maxEventBytes: 99 });
  const iterator = events[Symbol.asyncIterator]();
  await vi.waitFor(() => expect(memory.dialled()).toBe(1));
  await vi.waitFor(() => expect(memory.open()).toBe(0));
  const rest = await drain({ [Symbol.asyncIterator]: () => iterator });
  expect(rest).toMatchObject({ data: ["1", "2"], error: { code } });
});

it("says that nobody answers, in time or at all", async () => {
  const silent = connectTo(() => {}, { firstByteTimeoutMs: 50 });
  expect(await drain(silent.client.events("/"))).toMatchObject({ error: { code: "DEADLINE_EXCEEDED" } });
  const gone = connectTo(onHead((stream) => stream.end()));
  expect(await drain(gone.client.events("/"))).toMatchObject({ error: { code: "CONNECTION_LOST" } });
});

it("may be silent for longer than any other answer, unless a limit is asked for", async () => {
  const { client } = connectTo(onHead(`${head}data: 1\n\n`), { idleTimeoutMs: 50 });
  const patient = client.events("/")[Symbol.asyncIterator]();
  expect(await patient.next()).toMatchObject({ value: { data: "1" } });
  const waiting = patient.next();
  // When the limit of these two has passed, that of the first would have, too: it began earlier.
  await expect((await client.request(get)).text()).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  expect(await drain(client.events("/", { idleTimeoutMs: 50 }))).toMatchObject({
    data: ["1"],
    error: { code: "DEADLINE_EXCEEDED" },
  });
  await patient.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

it("closes the connection when the loop is left", async () => {
  const { client, memory } = connectTo(onHead(`${head}data: 1\n\ndata: 2\n\n`));
  for await (const { data } of client.events("/")) {
    expect(data).toBe("1");
    break;
  }
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("ends at its signal, at its deadline and with the client, and drops what was not taken", async () => {
  const { client, memory } = connectTo(onHead(`${head}data: 1\n\ndata: 2\n\n`));
  const follow = async (options: EventOptions) => {
    const iterator = client.events("/", options)[Symbol.asyncIterator]();
    expect(await iterator.next()).toMatchObject({ value: { data: "1" } });
    return iterator;
  };
  const controller = new AbortController();
  const aborted = await follow({ signal: controller.signal });
  controller.abort("enough");
  await expect(aborted.next()).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  expect(await aborted.next()).toEqual({ done: true, value: undefined });
  const late = await follow({ timeoutMs: 500 });
  expect(await late.next()).toMatchObject({ value: { data: "2" } });
  await expect(late.next()).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  const fired = client.events("/", { signal: AbortSignal.abort() });
  const dialled = memory.dialled();
  expect(await drain(fired)).toMatchObject({ data: [], error: { code: "ABORTED" } });
  expect(memory.dialled()).toBe(dialled);
  const closed = await follow({});
  await client[Symbol.asyncDispose]();
  await expect(closed.next()).rejects.toMatchObject({ code: "ABORTED" });
});

it("refuses what must not be sent, at once", () => {
  const { client, memory } = connectTo(onHead(head));
  const wrong = expect.objectContaining({ code: "INVALID_ARGUMENT" });
  expect(() => client.events("//evil")).toThrow(wrong);
  expect(() => client.events("/", { lastEventId: "a\nb" })).toThrow(wrong);
  expect(() => client.events("/", { headers: { x: "a\r\nb: c" } })).toThrow(wrong);
  for (const maxEventBytes of [0, 1.5, NaN, Infinity])
    expect(() => client.events("/", { maxEventBytes })).toThrow(wrong);
  expect(() => client.events("/", { lastEventId: 1 as unknown as string })).toThrow(TypeError);
  expect(memory.dialled()).toBe(0);
});

it("reads no more than it keeps while nobody takes it, and then goes on to the last of 10,000 events", async () => {
  const total = 10_000;
  let read = 0;
  const { client, memory } = connectTo(
    onHead((stream) => {
      stream.write(head);
      for (let index = 0; index < total; index += 1)
        stream.write(`data: ${String(index).padEnd(1000)}\n\n`, () => (read += 1));
      stream.end();
    }),
  );
  const iterator = client.events("/")[Symbol.asyncIterator]();
  await vi.waitFor(() => expect(memory.dialled()).toBe(1));
  for (let turns = 0; turns < 1000; turns += 1) await new Promise(setImmediate);
  expect(read).toBeGreaterThan(50);
  expect(read).toBeLessThan(150);
  let [next, most] = [0, 0];
  for await (const { data } of { [Symbol.asyncIterator]: () => iterator }) {
    expect(Number(data)).toBe(next);
    next += 1;
    most = Math.max(most, read - next);
  }
  expect(next).toBe(total);
  expect(most).toBeLessThan(150);
});
