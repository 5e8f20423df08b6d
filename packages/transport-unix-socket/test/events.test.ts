import { pipeline } from "node:stream/promises";
import { expect, it } from "vitest";
import { startBackend } from "./backend.ts";
import { useScratch } from "./scratch.ts";

const scratch = useScratch();
const MiB = 1024 * 1024;
const stream = { "content-type": "text/event-stream" };

it("follows the events of an HTTP server, however it cuts them, and goes on where it left off", async () => {
  async function* bytesOf(text: string) {
    for (const byte of Buffer.from(text)) {
      yield Buffer.from([byte]);
      await new Promise(setImmediate);
    }
  }
  const client = await startBackend(scratch, (request, response) => {
    const from = Number(request.headers["last-event-id"] ?? 0);
    const text = [1, 2, 3].map((n) => `id: ${from + n}\r\nevent: tick\r\ndata: €${from + n}\r\n\r\n`).join("");
    void pipeline(bytesOf(text), response.writeHead(200, stream));
  });
  const first = await Array.fromAsync(client.events("/"));
  expect(first).toEqual([1, 2, 3].map((n) => ({ type: "tick", data: `€${n}`, id: String(n) })));
  const next = await Array.fromAsync(client.events("/", { lastEventId: first.at(-1)?.id ?? "" }));
  expect(next.map(({ id }) => id)).toEqual(["4", "5", "6"]);
});

it("keeps 10,000 events in order for a reader that is slow to begin, holding the backend back meanwhile", async () => {
  const total = 10_000;
  const pad = "x".repeat(4000);
  let written = 0;
  async function* events() {
    for (; written < total; written += 1) yield `data: ${written} ${pad}\n\n`;
  }
  const client = await startBackend(scratch, (_, response) => void pipeline(events, response.writeHead(200, stream)));
  const iterator = client.events("/")[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toMatchObject({ data: `0 ${pad}` });
  for (let still = 0, before = written; still < 200; before = written) {
    await new Promise(setImmediate);
    still = written === before ? still + 1 : 0;
  }
  expect(written * pad.length).toBeLessThan(2 * MiB);
  let [next, most] = [1, 0];
  for await (const { data } of { [Symbol.asyncIterator]: () => iterator }) {
    expect(Number(data.split(" ")[0])).toBe(next);
    next += 1;
    if (next % 100 === 0) await new Promise(setImmediate);
    most = Math.max(most, written - next);
  }
  expect(next).toBe(total);
  expect(most * pad.length).toBeLessThan(2 * MiB);
});

it.each([
  ["leaves its loop", () => true, undefined],
  [
    "aborts",
    (controller: AbortController) => controller.abort("gone"),
    expect.objectContaining({ code: "ABORTED", cause: "gone" }),
  ],
] as const)(
  "tells the backend within a second when the reader %s, in the middle of a stream",
  async (_, leave, error) => {
    const closed = Promise.withResolvers<string>();
    async function* endless() {
      for (;;) {
        yield "data: x\n\n";
        await new Promise(setImmediate);
      }
    }
    const client = await startBackend(scratch, (_request, response) => {
      pipeline(endless, response.writeHead(200, stream)).catch(() => closed.resolve("closed"));
    });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const { data } of client.events("/", { signal: controller.signal }))
        if (data === "x" && leave(controller) === true) return undefined;
      return "ended";
    })();
    const outcome = await reading.catch((reason: unknown) => reason);
    expect(outcome).toEqual(error);
    await expect.poll(() => closed.promise, { timeout: 1000 }).toBe("closed");
  },
);

it("says that the backend died, after the events that were whole", async () => {
  const client = await startBackend(scratch, (_, response) => {
    response.writeHead(200, stream).write("data: 1\n\ndata: 2\n\ndata", () => response.destroy());
  });
  const got: string[] = [];
  const reading = (async () => {
    for await (const { data } of client.events("/")) got.push(data);
  })();
  await expect(reading).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  expect(got).toEqual(["1", "2"]);
});

it("posts JSON, and reads JSON", async () => {
  const client = await startBackend(scratch, (request, response) => {
    response.writeHead(201, {
      "x-type": request.headers["content-type"],
      "x-length": request.headers["content-length"],
    });
    request.pipe(response);
  });
  const response = await client.post("/", { name: "é", list: [1, null] });
  expect(response.headers.slice(0, 2)).toEqual([
    ["x-type", "application/json"],
    ["x-length", "29"],
  ]);
  expect([response.status, await response.json()]).toEqual([201, { name: "é", list: [1, null] }]);
});
