import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { BowspritError, ErrorCode, type Host, type ServiceRequest } from "@bowsprit/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connectHost } from "../src/index.ts";
import { type Daemon, openDaemon } from "./daemon.ts";
import { writeExtension } from "./write-extension.ts";

const id = "probe";
const mebibyte = 1024 * 1024;

// Each case starts programs, on a machine that may be busy with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Target {
  readonly to?: string;
  readonly timeoutMs?: number;
}

describe("a request by way of a daemon", () => {
  let daemon: Daemon;
  beforeAll(async () => {
    daemon = await openDaemon();
    await daemon.direct.install(await writeExtension(daemon.folder, id), { consent: "granted" });
  });
  afterAll(() => daemon[Symbol.asyncDispose]());

  /** Everything that can be seen of an exchange. */
  const outcome = async (host: Host, request: () => ServiceRequest, { to: target = id, ...call }: Target) => {
    // A connection that the case before broke is no part of this one.
    await settled(daemon);
    try {
      const { status, statusText, headers, ...response } = await host.request(target, request(), call);
      const body = await response.bytes().then(
        (bytes) => Buffer.from(bytes).toString("latin1"),
        (error: BowspritError) => error.toJSON(),
      );
      return { status, statusText, headers: headers.filter(([name]) => name.toLowerCase() !== "date"), body };
    } catch (error) {
      // The milliseconds that are left when the request is sent differ each time.
      return BowspritError.is(error) ? JSON.stringify(error).replace(/[\d.]+ ms/u, "so many ms") : String(error);
    }
  };
  const json = { "Content-Type": "application/json" };
  const cases: Readonly<Record<string, readonly [() => unknown, Target?]>> = {
    "a GET": [() => ({ method: "GET", path: "/echo?x=1&y=%20" })],
    "a method of its own": [() => ({ method: "REPORT", path: "/echo" })],
    "a HEAD": [() => ({ method: "HEAD", path: "/bytes/10" })],
    "headers in order and spelling": [() => ({ method: "GET", path: "/headers" })],
    "headers as a record": [() => ({ method: "GET", path: "/echo", headers: { "X-One": "1", Host: "dropped" } })],
    "headers as a list": [
      () => ({
        method: "GET",
        path: "/echo",
        headers: [
          ["X-A", "1"],
          ["x-a", "caf\u00E9"],
        ],
      }),
    ],
    "a text": [() => ({ method: "POST", path: "/echo", headers: json, body: '{"ü":1}' })],
    "an empty text": [() => ({ method: "POST", path: "/echo", body: "" })],
    bytes: [() => ({ method: "PUT", path: "/echo", body: Buffer.alloc(300_000, 1) })],
    "a stream": [
      () => ({ method: "POST", path: "/echo", body: Readable.from([Buffer.alloc(70_000), Buffer.alloc(5)]) }),
    ],
    "an iterable": [() => ({ method: "POST", path: "/echo", body: pieces() })],
    "a body that is answered before it ends": [() => ({ method: "POST", path: "/early", body: forever() })],
    "a large answer": [() => ({ method: "GET", path: "/bytes/3000001" })],
    "an answer without a body": [() => ({ method: "GET", path: "/status/204" })],
    "a status of 500": [() => ({ method: "GET", path: "/status/500" })],
    "an answer that is cut short": [() => ({ method: "GET", path: "/cut" })],
    "no answer": [() => ({ method: "GET", path: "/drop" })],
    "an answer that is not HTTP": [() => ({ method: "GET", path: "/garbage" })],
    "an answer that does not come in time": [() => ({ method: "GET", path: "/slow" }), { timeoutMs: 60 }],
    "a time that is none": [() => ({ method: "GET", path: "/echo" }), { timeoutMs: -1 }],
    "a path that must not be sent": [() => ({ method: "GET", path: "//evil" })],
    "a method that must not be sent": [() => ({ method: "CONNECT", path: "/" })],
    "a header that must not be sent": [() => ({ method: "GET", path: "/", headers: { "X-A": "a\r\nb: c" } })],
    "a body that fails": [() => ({ method: "POST", path: "/echo", body: failing() })],
    "a path that is none": [() => ({ method: "GET" })],
    "a header that is none": [() => ({ method: "GET", path: "/", headers: { "X-A": 1 } })],
    "a body that is none": [() => ({ method: "GET", path: "/", body: 17 })],
    "an extension that is not installed": [() => ({ method: "GET", path: "/" }), { to: "nobody" }],
    "an id that is none": [() => ({ method: "GET", path: "/" }), { to: "-!-" }],
    "a repository for an id": [() => ({ method: "GET", path: "/echo" }), { to: "probe:1.0" }],
  };
  for (const [name, [request, target = {}]] of Object.entries(cases)) {
    it(`${name} gives what a direct host gives`, async () => {
      const make = (): ServiceRequest => request() as ServiceRequest;
      expect(await outcome(daemon.connected, make, target)).toEqual(await outcome(daemon.direct, make, target));
    });
  }

  it("streams a large body both ways", async () => {
    const body = Buffer.alloc(20_000_000, "x");
    const response = await daemon.connected.request(id, { method: "POST", path: "/echo", body });
    expect(await response.json()).toMatchObject({ bytes: body.length });
    await expect(response.text()).rejects.toMatchObject({ code: ErrorCode.InvalidArgument });
  });

  it("is called off by its signal, at the backend, too", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const running = daemon.connected.request(id, { method: "GET", path: "/slow/told" }, { signal });
    await printed("slow is open");
    controller.abort(new Error("enough"));
    await expect(running).rejects.toMatchObject({
      code: ErrorCode.Aborted,
      message: "request GET /slow/told: aborted",
      cause: signal.reason,
    });
    await printed("slow is closed");
  });

  it("ends at the backend when its reader leaves, and holds the backend back until then", async () => {
    const response = await daemon.connected.request(id, { method: "GET", path: "/endless/told" });
    const body = response.body[Symbol.asyncIterator]();
    expect((await body.next()).done).toBe(false);
    const sent = async (): Promise<number> =>
      Number(await (await daemon.direct.request(id, { method: "GET", path: "/sent" })).text());
    expect(await stillPoint(sent, 50)).toBeLessThan(16 * mebibyte);
    await body.return?.();
    await printed("endless is closed");
  });

  it("takes a body no faster than the backend", async () => {
    let taken = 0;
    const controller = new AbortController();
    async function* body(): AsyncGenerator<Buffer> {
      for (; ; taken += 65_536) yield Buffer.alloc(65_536);
    }
    const request = { method: "POST", path: "/deaf", body: body() };
    const running = daemon.connected.request(id, request, { signal: controller.signal });
    const settling = stillPoint(async () => taken, 2000);
    await Promise.race([settling, running]);
    expect(await settling).toBeLessThan(16 * mebibyte);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: ErrorCode.Aborted });
  });

  it("ends at the backend when the caller is gone", async () => {
    const other = await connectHost({ home: daemon.home });
    const running = other?.request(id, { method: "GET", path: "/slow/told?other" });
    await printed("slow is open", 2);
    await other?.[Symbol.asyncDispose]();
    await expect(running).rejects.toMatchObject({ code: ErrorCode.Aborted });
    await printed("slow is closed", 2);
  });

  it("goes on in the raw form that servers use", async () => {
    const told: unknown[] = [];
    const { promise: over, resolve } = Promise.withResolvers<void>();
    daemon.connected.forward(
      id,
      { method: "GET", path: "/status/201", headers: ["X-A", "1"] },
      {
        sink: {
          head: (status, text) => told.push(status, text),
          data: (chunk) => told.push(chunk.toString()) > 0,
          end: resolve,
          failed: (error) => resolve(void told.push(error)),
        },
      },
    );
    await over;
    expect(told).toEqual([201, "As You Like", "said so"]);
  });

  /** Resolves once the backend has printed that line so many times. */
  async function printed(text: string, times = 1): Promise<void> {
    let seen = 0;
    const controller = new AbortController();
    for await (const line of daemon.direct.logs(id, { follow: true, signal: controller.signal })) {
      if (line.text === text && (seen += 1) === times) controller.abort();
    }
  }
});

/** Until the backend answers again: a connection that was broken may be found out only by the request after. */
async function settled({ direct }: Daemon): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const answer = await direct.request(id, { method: "GET", path: "/echo" }).catch(() => undefined);
    if (answer !== undefined && (await answer.bytes().catch(() => undefined)) !== undefined) return;
  }
}

/** What a number is once it has stood still for a while, and is not nothing. */
async function stillPoint(read: () => Promise<number>, turns: number): Promise<number> {
  for (let last = 0, still = 0; ; last = await read()) {
    await turn();
    still = last > 0 && (await read()) === last ? still + 1 : 0;
    if (still === turns) return last;
  }
}

async function* pieces(): AsyncGenerator<Buffer> {
  for (const text of ["one", "two", "three"]) yield Buffer.from(text);
}

async function* forever(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(65_536);
}

async function* failing(): AsyncGenerator<Buffer> {
  yield Buffer.from("one");
  throw new Error("the disk is gone");
}
