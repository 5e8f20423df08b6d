import { describe, expect, it } from "vitest";
import { createServiceApi, type ServiceApi } from "../src/create-service-api.ts";
import { type Answer, answerWith, type ReceivedRequest, startGateway } from "./stand-in-gateway.ts";

interface Sent {
  readonly result: unknown;
  readonly request: ReceivedRequest;
}

async function call(ask: (service: ServiceApi) => Promise<unknown>, answer?: Answer): Promise<Sent> {
  const gateway = await startGateway(answer);
  const result = await ask(createServiceApi({ base: gateway.base, fetch }));
  const [request, ...more] = gateway.received;
  expect(more).toEqual([]);
  if (request === undefined) throw new Error("nothing was sent");
  return { result, request };
}

describe("a request to the service", () => {
  it.each([
    ["GET", (service: ServiceApi) => service.get("/a?b=c")],
    ["HEAD", (service: ServiceApi) => service.head("/a?b=c")],
    ["DELETE", (service: ServiceApi) => service.delete("/a?b=c")],
    ["GET", (service: ServiceApi) => service.request({ url: "/a?b=c", method: "get", headers: {}, data: { a: 1 } })],
    ["HEAD", (service: ServiceApi) => service.request({ url: "/a?b=c", method: "Head", headers: {}, data: null })],
  ])("of the method %s has the field of the client and no body", async (method, ask) => {
    const { request } = await call(ask);
    expect(request).toMatchObject({ method, url: "/.bowsprit/service/a?b=c", headers: { "bowsprit-request": "1" } });
    expect(request.body).toHaveLength(0);
    expect(request.headers["content-type"]).toBeUndefined();
  });

  // Its name, the data, the type it is sent with, and the body.
  const bodies: readonly (readonly [string, unknown, string | undefined, string])[] = [
    ["an object", { a: [1, "ä"] }, "application/json", '{"a":[1,"ä"]}'],
    ["an array", [1, null], "application/json", "[1,null]"],
    ["a number", 0, "application/json", "0"],
    ["a boolean", false, "application/json", "false"],
    ["null", null, "application/json", "null"],
    ["a date", new Date(0), "application/json", '"1970-01-01T00:00:00.000Z"'],
    ["a text", "plain ä", "text/plain; charset=utf-8", "plain ä"],
    ["an empty text", "", "text/plain; charset=utf-8", ""],
    ["bytes", new TextEncoder().encode("bytes"), undefined, "bytes"],
    ["a view", new DataView(new TextEncoder().encode("abc").buffer, 1), undefined, "bc"],
    ["a buffer", new TextEncoder().encode("buffer").buffer, undefined, "buffer"],
    ["a blob", new Blob(["blob"], { type: "image/x" }), "image/x", "blob"],
    ["a form", new URLSearchParams({ a: "b c" }), "application/x-www-form-urlencoded;charset=UTF-8", "a=b+c"],
    ["nothing", undefined, undefined, ""],
  ];

  describe.each(["post", "put", "patch"] as const)("by %s", (verb) => {
    it.each(bodies)("sends %s in its own form", async (...[, data, type, text]) => {
      const { request } = await call((service) => service[verb]("/x", data));
      expect(request.method).toBe(verb.toUpperCase());
      expect(request.headers["content-type"]).toBe(type);
      expect(request.body.toString()).toBe(text);
    });
  });

  it.each(bodies)("by request sends %s in its own form, too", async (...[, data, type, text]) => {
    const { request } = await call((service) => service.request({ url: "/x", method: "post", headers: {}, data }));
    expect(request.headers["content-type"]).toBe(type);
    expect(request.body.toString()).toBe(text);
  });

  it("carries the cookie of this origin alone, and asks no cache", async () => {
    const { base } = await startGateway();
    const asked: Request[] = [];
    const spy = (request: Request): Promise<Response> => {
      asked.push(request);
      return fetch(request);
    };
    await createServiceApi({ base, fetch: spy }).get("/x");
    expect(asked).toMatchObject([{ credentials: "same-origin", cache: "no-store" }]);
  });

  it("follows a redirect within the backend, with the field of the client", async () => {
    const gateway = await startGateway((response, { url }) => {
      if (url === "/.bowsprit/service/x") response.writeHead(302, { Location: "/.bowsprit/service/elsewhere" }).end();
      else response.end("there");
    });
    expect(await createServiceApi({ base: gateway.base, fetch }).get("/x")).toBe("there");
    expect(gateway.received[1]).toMatchObject({
      url: "/.bowsprit/service/elsewhere",
      headers: { "bowsprit-request": "1" },
    });
  });

  it("leaves out a field without a value", async () => {
    const headers = { "X-A": undefined, "X-B": "b" } as unknown as Record<string, string>;
    const { request } = await call((service) =>
      service.request({ url: "/x", method: "get", headers, data: undefined }),
    );
    expect(request.headers).toMatchObject({ "x-b": "b" });
    expect(request.headers).not.toHaveProperty("x-a");
  });

  it("sends a multipart form with its boundary", async () => {
    const form = new FormData();
    form.append("field", "value");
    const { request } = await call((service) => service.post("/x", form));
    expect(request.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(request.body.toString()).toContain('name="field"\r\n\r\nvalue');
  });

  it("sends all of a stream", async () => {
    const stream = new Blob(["one ", "two"]).stream();
    const { request } = await call((service) => service.post("/x", stream));
    expect(request.body.toString()).toBe("one two");
  });

  it.each(["Content-Type", "content-type", "CONTENT-TYPE"])("lets the caller's %s win", async (name) => {
    const { request } = await call((service) =>
      service.request({
        url: "/x",
        method: "POST",
        headers: { [name]: "application/x-own", Other: "1" },
        data: { a: 1 },
      }),
    );
    expect(request.headers).toMatchObject({ "content-type": "application/x-own", other: "1" });
    expect(request.body.toString()).toBe('{"a":1}');
  });

  it("does not let a caller take the client's field away", async () => {
    const headers = { "bowsprit-request": "0" };
    const { request } = await call((service) => service.request({ url: "/x", method: "GET", headers }));
    expect(request.headers["bowsprit-request"]).toBe("1");
  });

  it.each([
    ["a function", () => {}],
    ["a symbol", Symbol("s")],
    ["a bigint", 1n],
  ])("is refused for %s as its data, and nothing is sent", async (_name, data) => {
    const gateway = await startGateway();
    await expect(createServiceApi({ base: gateway.base, fetch }).post("/x", data)).rejects.toThrow(TypeError);
    expect(gateway.received).toEqual([]);
  });

  it("is refused for a method that browsers do not send, and that is not taken for an unreachable host", async () => {
    const gateway = await startGateway();
    const service = createServiceApi({ base: gateway.base, fetch });
    await expect(service.request({ url: "/x", method: "TRACE" })).rejects.toThrow(TypeError);
  });
});

describe("an answer of the service", () => {
  it.each([
    ["application/json", '{"a":1}', { a: 1 }],
    ["application/json; charset=utf-8", "[1]", [1]],
    ["Application/JSON", "null", null],
    ["application/problem+json", '{"a":1}', { a: 1 }],
    ["application/vnd.api+JSON;v=1", "0", 0],
    ["application/json", "not json", "not json"],
    ["application/json", "", undefined],
    ["text/plain", '{"a":1}', '{"a":1}'],
    ["text/plain", "ä", "ä"],
    ["application/json-seq", "1", "1"],
    ["text/html", "", undefined],
    [undefined, '{"a":1}', '{"a":1}'],
  ])("of the type %s and the body %j resolves as %j", async (type, body, value) => {
    const { result } = await call((service) => service.get("/"), answerWith(200, type, body));
    expect(result).toEqual(value);
  });

  it("without a body, by its status, is undefined", async () => {
    const { result } = await call((service) => service.get("/"), answerWith(204, "application/json", ""));
    expect(result).toBeUndefined();
  });

  it("to HEAD is undefined", async () => {
    const { result } = await call((service) => service.head("/"), answerWith(200, "application/json", ""));
    expect(result).toBeUndefined();
  });
});
