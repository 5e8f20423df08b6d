import { expect, it } from "vitest";
import type { ServiceBody, ServiceCallOptions, ServiceClient, ServiceResponse } from "../src/index.ts";
import { connectTo, ok, onHead } from "./scripted-backend.ts";

const methods = ["get", "head", "delete", "post", "put", "patch"] as const;

it.each(methods)("sends the fields of a %s without a body, and answers as every request", async (method) => {
  let received = "";
  const { client } = connectTo(
    onHead((stream, head) => {
      received = head;
      stream.write(method === "head" ? ok.slice(0, -2) : ok.replace("200 OK", "404 Not Found"));
    }),
  );
  const options = { headers: { "x-own": "1" } };
  const response = await (method === "get" || method === "head" || method === "delete"
    ? client[method]("/a?b", options)
    : client[method]("/a?b", undefined, options));
  expect(response.status).toBe(method === "head" ? 200 : 404);
  expect(await response.text()).toBe(method === "head" ? "" : "ok");
  expect(received).toMatch(new RegExp(`^${method.toUpperCase()} /a\\?b HTTP/1.1\r\n`, "u"));
  expect(received).toContain("\r\nx-own: 1\r\n");
  expect(received).not.toMatch(/content-type/iu);
});

it("sends a plain object or an array as JSON, and says so", async () => {
  const bare: Record<string, unknown> = Object.assign(Object.create(null), { a: "é" });
  for (const [body, json] of [
    [{ a: [1, null] }, '{"a":[1,null]}'],
    [[], "[]"],
    [bare, '{"a":"Ã©"}'],
    [{ toJSON: () => "x" }, '"x"'],
  ] as const) {
    const received = await sent((client) => client.post("/", body));
    expect(received).toContain(`\r\ncontent-length: ${json.length}\r\n`);
    expect(received).toContain("\r\ncontent-type: application/json\r\n");
    expect(received.slice(received.indexOf("\r\n\r\n") + 4)).toBe(json);
  }
});

it("leaves the content type to the call or to the client, whoever says one", async () => {
  const byCall = await sent((client) => client.put("/", { a: 1 }, { headers: [["Content-Type", "x/y"]] }));
  const byClient = await sent((client) => client.patch("/", { a: 1 }), { "Content-type": "x/y" });
  for (const received of [byCall, byClient]) expect(received.match(/content-type: .*/giu)).toHaveLength(1);
  expect(byCall).toContain("\r\nContent-Type: x/y\r\n");
  expect(byClient).toContain("\r\nContent-type: x/y\r\n");
});

it("sends bytes, text and streams as they are", async () => {
  async function* stream() {
    yield Buffer.from("ab");
  }
  for (const body of [Buffer.from("ab"), "ab"]) {
    const received = await sent((client) => client.post("/", body));
    expect(received).toMatch(/\r\n\r\nab$/u);
    expect(received).not.toMatch(/content-type/iu);
  }
  expect(await sent((client) => client.post("/", stream()))).toMatch(/\r\n\r\n2\r\nab\r\n0\r\n\r\n$/u);
});

it("refuses what JSON cannot say, before anything is dialled", async () => {
  const { client, memory } = connectTo(onHead(ok));
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  for (const body of [cycle, { a: 1n }, [1n], { toJSON: () => undefined }])
    await expect(client.post("/", body)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  expect(memory.dialled()).toBe(0);
});

it("takes any other body for a mistake of the program", async () => {
  const { client, memory } = connectTo(onHead(ok));
  for (const body of [null, 1, true, 1n, Symbol("x"), () => {}, new Date(), new Map(), new (class {})()])
    await expect(client.post("/", body as ServiceBody)).rejects.toThrow(TypeError);
  expect(memory.dialled()).toBe(0);
});

it.each(methods)("ends a %s at its own signal and deadline", async (method) => {
  const { client } = connectTo(() => {});
  const call = (options: ServiceCallOptions): Promise<ServiceResponse> =>
    method === "get" || method === "head" || method === "delete"
      ? client[method]("/", options)
      : client[method]("/", "x", options);
  await expect(call({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  await expect(call({ timeoutMs: 20 })).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
});

async function sent(call: (client: ServiceClient) => Promise<ServiceResponse>, headers = {}): Promise<string> {
  let bytes = "";
  const { client } = connectTo(
    (stream, received) => {
      bytes = received;
      const body = received.slice(received.indexOf("\r\n\r\n") + 4);
      const length = /\r\ncontent-length: (\d+)/u.exec(received)?.[1];
      if (length === undefined ? body.endsWith("0\r\n\r\n") : body.length === Number(length)) stream.write(ok);
    },
    { headers },
  );
  expect(await (await call(client)).text()).toBe("ok");
  return bytes;
}
