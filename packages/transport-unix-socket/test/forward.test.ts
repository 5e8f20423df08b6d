import { Readable } from "node:stream";
import type { BowspritError } from "@bowsprit/core";
import type { ForwardRequest, Forwarding, RawHeaders, ResponseSink, ServiceClient } from "@bowsprit/transport";
import { expect, it } from "vitest";
import { startBackend, startRawBackend } from "./backend.ts";
import { useScratch } from "./scratch.ts";

const scratch = useScratch();

interface Outcome {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: string;
  readonly error: BowspritError | undefined;
}

interface Taken {
  readonly forwarding: Forwarding;
  /** Resolves with the first piece of a body. */
  readonly begun: Promise<void>;
  readonly outcome: Promise<Outcome>;
  /** Takes every further piece, after all were answered with no. */
  release(): void;
}

/** Forwards a request and gathers what its sink is told; `hold` answers every piece with no. */
function forward(client: ServiceClient, request: ForwardRequest, options = { hold: false }): Taken {
  let { hold } = options;
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const got = { status: 0, headers: [] as RawHeaders, body: "" };
  const sink: ResponseSink = {
    head: (status, _, headers) => void Object.assign(got, { status, headers }),
    data(chunk) {
      got.body += chunk.toString("latin1");
      begin();
      return !hold;
    },
    end: () => resolve({ ...got, error: undefined }),
    failed: (error) => resolve({ ...got, error: error as BowspritError }),
  };
  const forwarding = client.forward(request, sink);
  const release = (): void => {
    hold = false;
    forwarding.resume();
  };
  return { forwarding, begun, outcome, release };
}

it("hands on the status, the fields as they were sent, and the bytes", async () => {
  const client = await startRawBackend(scratch, (stream) => {
    stream.once("data", () =>
      stream.end("HTTP/1.1 418 Teapot\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Length: 4\r\n\r\nbody"),
    );
  });
  expect(await forward(client, { method: "GET", path: "/", headers: [] }).outcome).toEqual({
    status: 418,
    headers: ["X-B", "1", "x-a", "2", "X-B", "3", "Content-Length", "4"],
    body: "body",
    error: undefined,
  });
});

it("drops what speaks about a connection from the request, and keeps a length that is known", async () => {
  const client = await startBackend(scratch, (request, response) => {
    request.resume().once("end", () => response.end(JSON.stringify(request.headers)));
  });
  const headers = [
    "X-Own",
    "kept",
    "Connection",
    "close, X-Hop",
    "X-Hop",
    "1",
    "Host",
    "evil",
    "Transfer-Encoding",
    "chunked",
  ];
  const known = { method: "POST", path: "/", headers, body: Readable.from([Buffer.from("four")]), contentLength: 4 };
  const seen = JSON.parse((await forward(client, known).outcome).body);
  expect(seen).toEqual({ host: "localhost", connection: "keep-alive", "x-own": "kept", "content-length": "4" });
  const unknown = { method: "POST", path: "/", headers: [], body: Readable.from([Buffer.from("four")]) };
  expect(JSON.parse((await forward(client, unknown).outcome).body)).toMatchObject({ "transfer-encoding": "chunked" });
});

it("refuses what must not be sent, before anything is dialled", async () => {
  const client = await startBackend(scratch, (_, response) => response.end());
  for (const request of [
    { method: "CONNECT", path: "/" },
    { method: "GET", path: "//evil" },
    { method: "GET", path: "/a b" },
    { method: "G T", path: "/" },
  ])
    expect(() => forward(client, { ...request, headers: [] })).toThrow(/request/u);
});

it("holds the backend back until it is told to go on", async () => {
  let sent = 0;
  const size = 32 * 1024 * 1024;
  const client = await startBackend(scratch, ({ url }, response) => {
    if (url === "/quick") return void response.end("quick");
    response.writeHead(200, { "content-length": size });
    const block = Buffer.alloc(65_536);
    const more = (): void => {
      while (sent < size) {
        sent += block.length;
        if (!response.write(block)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  });
  const { begun, outcome, release } = forward(client, { method: "GET", path: "/", headers: [] }, { hold: true });
  await begun;
  // Other requests go on meanwhile; what was sent by then is what fits between the two.
  for (let turn = 0; turn < 100; turn += 1) await (await client.request({ method: "GET", path: "/quick" })).text();
  expect(sent).toBeLessThan(size / 2);
  release();
  expect((await outcome).body.length).toBe(size);
});

it("tells the sink of every failure: a backend that closes, an answer cut short, a call that is ended", async () => {
  const client = await startRawBackend(scratch, (stream) => {
    stream.once("data", (bytes: Buffer) => {
      const [, path] = bytes.toString("latin1").split(" ");
      if (path === "/closed") stream.destroy();
      else stream.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", () => path === "/cut" && stream.destroy());
    });
  });
  const get = (path: string): Taken => forward(client, { method: "GET", path, headers: [] });
  expect(await get("/closed").outcome).toMatchObject({ status: 0, error: { code: "CONNECTION_LOST" } });
  expect(await get("/cut").outcome).toMatchObject({ status: 200, body: "half", error: { code: "CONNECTION_LOST" } });
  const open = get("/open");
  await open.begun;
  open.forwarding.abort(new Error("enough"));
  expect(await open.outcome).toMatchObject({ body: "half", error: { code: "ABORTED" } });
  open.forwarding.abort();
  open.forwarding.resume();
});
