import { expect, it, vi } from "vitest";
import { createServiceClient, type ServiceRequest } from "../src/index.ts";
import { createMemoryTransport } from "./memory-transport.ts";
import { connectTo, get, ok, onHead } from "./scripted-backend.ts";

it("sends the request line and the caller's fields as they are, and frames the request itself", async () => {
  const bytes = await sent(
    {
      method: "GET",
      path: "/a//b?c=%20",
      headers: [
        ["X-B", "1"],
        ["X-B", "2"],
        ["Host", "evil"],
      ],
    },
    /\r\n\r\n$/u,
  );
  expect(bytes).toBe(
    "GET /a//b?c=%20 HTTP/1.1\r\nhost: localhost\r\nconnection: keep-alive\r\nX-B: 1\r\nX-B: 2\r\n\r\n",
  );
});

it("says the length of text and bytes, and that a request without a body has none", async () => {
  expect(await sent({ method: "POST", path: "/", body: "é" }, /\r\n\r\nÃ©$/u)).toContain("\r\ncontent-length: 2\r\n");
  expect(await sent({ method: "DELETE", path: "/", body: new Uint8Array([65]) }, /\r\n\r\nA$/u)).toContain(
    "\r\ncontent-length: 1\r\n",
  );
  expect(await sent({ method: "PUT", path: "/" }, /\r\n\r\n$/u)).toContain("\r\ncontent-length: 0\r\n");
  expect(await sent({ method: "DELETE", path: "/" }, /\r\n\r\n$/u)).not.toContain("content-length");
});

it("sends a stream in chunks, whatever length the caller claims", async () => {
  async function* body() {
    yield Buffer.from("abc");
    yield Buffer.alloc(0);
    yield Buffer.from("de");
  }
  const bytes = await sent(
    { method: "POST", path: "/", headers: { "content-length": "99" }, body: body() },
    /\r\n0\r\n\r\n$/u,
  );
  expect(bytes).toContain("\r\ntransfer-encoding: chunked\r\n");
  expect(bytes).toMatch(/\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n$/u);
});

it("sends the client's fields with every request, unless the request says them anew", async () => {
  const bytes = await sent({ ...get, headers: { accept: "b" } }, /\r\n\r\n$/u, { Accept: "a", "X-Client": "c" });
  expect(bytes).toContain("\r\nX-Client: c\r\naccept: b\r\n");
  expect(bytes).not.toContain("Accept: a");
});

it("dials nothing before the first request, nor for a signal that has fired", async () => {
  const { client, memory } = connectTo(onHead(ok));
  const reason = new Error("changed my mind");
  await expect(client.request(get, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
    code: "ABORTED",
    cause: reason,
  });
  expect(memory.dialled()).toBe(0);
});

it("hands on the dialer's error and closes the body that was not sent", async () => {
  const client = createServiceClient({
    dialer: createMemoryTransport().dialer,
    address: { scheme: "unix", path: "/memory" },
  });
  let closed = false;
  async function* body() {
    try {
      yield Buffer.alloc(1);
      await new Promise(() => {});
    } finally {
      closed = true;
    }
  }
  const iterator = body();
  await iterator.next();
  await expect(client.request({ method: "POST", path: "/", body: iterator })).rejects.toMatchObject({
    code: "ENDPOINT_UNREACHABLE",
  });
  await vi.waitFor(() => expect(closed).toBe(true));
  await client[Symbol.asyncDispose]();
});

it.each(["GET", "POST", "HEAD"])("sends a %s once, though the backend closes before it answers", async (method) => {
  const { client, memory } = connectTo(onHead((stream) => stream.end()));
  await expect(client.request({ method, path: "/x?secret" })).rejects.toMatchObject({
    code: "CONNECTION_LOST",
    message: `request ${method} /x: the backend closed the connection before its answer`,
  });
  expect(memory.dialled()).toBe(1);
});

it("ends the call when the body of the request fails", async () => {
  const { client, memory } = connectTo(() => {});
  const cause = new Error("disk gone");
  async function* body() {
    yield Buffer.from("part");
    throw cause;
  }
  await expect(client.request({ method: "PUT", path: "/", body: body() })).rejects.toMatchObject({
    code: "ABORTED",
    cause,
  });
  await vi.waitFor(() => expect(memory.open()).toBe(0));
});

it("delivers an answer that comes before the request is whole, and closes its body", async () => {
  const { client } = connectTo((stream, received) => void (received.endsWith("part") && stream.write(ok)));
  let closed = false;
  const body = {
    [Symbol.asyncIterator]: () => ({
      chunks: [Buffer.from("part")],
      next() {
        const value = this.chunks.pop();
        return value === undefined ? new Promise<never>(() => {}) : Promise.resolve({ done: false as const, value });
      },
      return() {
        closed = true;
        return Promise.resolve({ done: true as const, value: undefined });
      },
    }),
  };
  expect(await (await client.request({ method: "PUT", path: "/", body })).text()).toBe("ok");
  await vi.waitFor(() => expect(closed).toBe(true));
});

async function sent(request: ServiceRequest, until: RegExp, headers = {}): Promise<string> {
  let bytes = "";
  const { client } = connectTo(
    (stream, received) => {
      bytes = received;
      if (until.test(received)) stream.write(ok);
    },
    { headers },
  );
  expect(await (await client.request(request)).text()).toBe("ok");
  return bytes;
}
