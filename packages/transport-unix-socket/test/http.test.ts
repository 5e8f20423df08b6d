import { createHash, randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createServiceClient } from "@bowsprit/transport";
import { expect, it } from "vitest";
import { createUnixSocketTransport } from "../src/index.ts";
import { startBackend, startRawBackend } from "./backend.ts";
import { useScratch } from "./scratch.ts";

const scratch = useScratch();
const MiB = 1024 * 1024;

it.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"])(
  "carries %s with and without a body",
  async (method) => {
    const client = await startBackend(scratch, (request, response) => {
      response.writeHead(200, { "x-method": request.method, "x-url": request.url, "x-host": request.headers.host });
      void pipeline(request, response);
    });
    for (const body of [undefined, "some text", Buffer.from([0, 255, 10])]) {
      const response = await client.request({ method, path: "/a?b=%20c", ...(body !== undefined && { body }) });
      expect(response.headers.slice(0, 3)).toEqual([
        ["x-method", method],
        ["x-url", "/a?b=%20c"],
        ["x-host", "localhost"],
      ]);
      expect(Buffer.from(await response.bytes())).toEqual(Buffer.from(body ?? ""));
    }
  },
);

it("reads no body after HEAD, 204 and 304, and goes on with the next request", async () => {
  const client = await startBackend(scratch, (request, response) => {
    response.writeHead(request.method === "HEAD" ? 200 : Number(request.url?.slice(1)), { "content-length": 5 });
    response.end(request.method === "HEAD" || request.url !== "/200" ? undefined : "hello");
  });
  const head = await client.request({ method: "HEAD", path: "/" });
  expect(head.headers).toContainEqual(["content-length", "5"]);
  expect(await head.text()).toBe("");
  for (const [path, text] of [
    ["/204", ""],
    ["/304", ""],
    ["/200", "hello"],
  ] as const) {
    expect(await (await client.request({ method: "GET", path })).text()).toBe(text);
  }
});

it("takes any status for an answer and keeps duplicate fields", async () => {
  const client = await startBackend(scratch, (_, response) => {
    response
      .writeHead(418, "I'm a teapot", ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "Location", "/elsewhere"])
      .end('{"short":true}');
  });
  const response = await client.request({ method: "GET", path: "/" });
  expect([response.status, response.statusText]).toEqual([418, "I'm a teapot"]);
  expect(response.headers.slice(0, 3)).toEqual([
    ["Set-Cookie", "a=1"],
    ["Set-Cookie", "b=2"],
    ["Location", "/elsewhere"],
  ]);
  expect(await response.json()).toEqual({ short: true });
});

it("carries 32 MiB up and down at once, byte for byte, with at most 2 MiB on the way", async () => {
  const client = await startBackend(scratch, (request, response) => void pipeline(request, response));
  const total = 32 * MiB;
  const [sent, received] = [createHash("sha256"), createHash("sha256")];
  let [up, down, most] = [0, 0, 0];
  async function* body() {
    while (up < total) {
      const chunk = randomBytes(Math.min(60_000, total - up));
      sent.update(chunk);
      up += chunk.length;
      yield chunk;
    }
  }
  const response = await client.request({ method: "POST", path: "/", body: body() });
  for await (const chunk of response.body) {
    received.update(chunk);
    down += chunk.length;
    most = Math.max(most, up - down);
  }
  expect([up, down]).toEqual([total, total]);
  expect(received.digest("hex")).toBe(sent.digest("hex"));
  expect(most).toBeLessThan(2 * MiB);
});

it("serves a thousand requests at once", async () => {
  const client = await startBackend(scratch, (request, response) => void response.end(request.url));
  const paths = Array.from({ length: 1000 }, (_, index) => `/${index}`);
  const signal = new AbortController().signal;
  const texts = paths.map(async (path) => await (await client.request({ method: "GET", path }, { signal })).text());
  expect(await Promise.all(texts)).toEqual(paths);
});

it("says that a backend died in the middle of a body, also one without a length", async () => {
  const client = await startRawBackend(scratch, (stream) => {
    stream.once("data", (head: Buffer) => {
      const length = head.includes("/length") ? "content-length: 99\r\n" : "";
      stream.pause();
      stream.write(`HTTP/1.1 200 OK\r\nconnection: close\r\n${length}\r\npart`, () => stream.destroy());
    });
  });
  for (const path of ["/length", "/without"]) {
    const { body } = await client.request({ method: "PUT", path, body: Buffer.alloc(100_000) });
    await expect(Array.fromAsync(body)).rejects.toMatchObject({ code: "CONNECTION_LOST" });
  }
});

it("says that a backend closed without an answer, that it does not speak HTTP, or that it says nothing", async () => {
  const answers: Record<string, (stream: Duplex) => void> = {
    "/close": (stream) => stream.end(),
    "/destroy": (stream) => stream.destroy(),
    "/garbage": (stream) => stream.write("\u0000\u0001\u0002 not HTTP\r\n\r\n"),
    "/silence": () => {},
  };
  const accept = (stream: Duplex) => {
    stream.once("data", (head: Buffer) => answers[head.toString().split(" ")[1] ?? ""]?.(stream));
  };
  const client = await startRawBackend(scratch, accept, { firstByteTimeoutMs: 100 });
  const codeOf = (path: string) => client.request({ method: "GET", path }).catch((error: unknown) => error);
  expect(await codeOf("/close")).toMatchObject({ code: "CONNECTION_LOST" });
  expect(await codeOf("/destroy")).toMatchObject({ code: "CONNECTION_LOST" });
  expect(await codeOf("/garbage")).toMatchObject({ code: "MESSAGE_MALFORMED" });
  expect(await codeOf("/silence")).toMatchObject({ code: "DEADLINE_EXCEEDED" });
});

it("says that nobody listens, and works as soon as somebody does", async () => {
  const address = { scheme: "unix", path: `${scratch.folder}/backend.sock` } as const;
  await using client = createServiceClient({ dialer: createUnixSocketTransport(), address });
  await expect(client.request({ method: "GET", path: "/" })).rejects.toMatchObject({
    code: "ENDPOINT_UNREACHABLE",
    message: `dial unix://${address.path}: no such file`,
  });
  await startBackend(scratch, (_, response) => void response.end("up"));
  expect(await (await client.request({ method: "GET", path: "/" })).text()).toBe("up");
});

it("gives an answer that nobody asked for to no one: the next two requests get their own", async () => {
  const idle: Duplex[] = [];
  const client = await startRawBackend(scratch, (stream) => {
    idle.push(stream);
    stream.on("data", (head: Buffer) => stream.write(answer(head.toString().split(" ")[1] ?? "")));
  });
  const ask = async (path: string) => await (await client.request({ method: "GET", path })).text();
  expect(await ask("/1")).toBe("/1");
  await new Promise(setImmediate);
  idle[0]?.write(answer("poison") + answer("more poison"));
  expect(await Promise.all([ask("/2"), ask("/3")])).toEqual(["/2", "/3"]);
  expect(idle.length).toBeGreaterThan(1);
});

it("delivers an answer whose backend stops writing while the request is still being sent", async () => {
  const client = await startRawBackend(scratch, (stream) => {
    stream.once("data", () => stream.end(`${answer("enough").replace("\r\n", "\r\nconnection: close\r\n")}`));
  });
  const response = await client.request({ method: "PUT", path: "/", body: endless() });
  expect(await response.text()).toBe("enough");
});

it.each([
  [
    "leaves a body",
    async (_: AbortController, body: AsyncIterable<unknown>) => {
      for await (const _chunk of body) break;
    },
  ],
  ["aborts", async (controller: AbortController) => controller.abort()],
])("tells the backend within a second that the reader %s, in the middle of it", async (_, leave) => {
  const closed = Promise.withResolvers<string>();
  const client = await startBackend(scratch, (_request, response) => {
    pipeline(endless, response).catch(() => closed.resolve("closed"));
  });
  const controller = new AbortController();
  const { body } = await client.get("/", { signal: controller.signal });
  await leave(controller, body);
  await expect.poll(() => closed.promise, { timeout: 1000 }).toBe("closed");
});

it("closes its connections when it is disposed, with an answer half read", async () => {
  const closed = Promise.withResolvers<void>();
  const client = await startBackend(scratch, (_, response) => {
    response.once("close", closed.resolve);
    response.write(Buffer.alloc(MiB));
  });
  const response = await client.request({ method: "GET", path: "/" });
  await client[Symbol.asyncDispose]();
  await closed.promise;
  await expect(response.bytes()).rejects.toMatchObject({ code: "ABORTED" });
});

function answer(text: string): string {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield Buffer.alloc(16 * 1024);
}
