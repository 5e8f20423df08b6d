import { describe, expect, it } from "vitest";
import { createServiceApi } from "../src/create-service-api.ts";
import { type Answer, answerWith, startGateway } from "./stand-in-gateway.ts";

async function rejection(answer: Answer, verb: "get" | "head" = "get"): Promise<unknown> {
  const { base } = await startGateway(answer);
  return createServiceApi({ base, fetch })
    [verb]("/x?secret=1")
    .then(
      (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
      (reason: unknown) => reason,
    );
}

const hostError =
  (code: string, body: string): Answer =>
  (response) => {
    response.writeHead(502, { "Bowsprit-Error": code, "Content-Type": "application/json" });
    response.end(body);
  };

describe("a backend that says no", () => {
  it.each([
    [404, "Not Found", "text/plain", "no such note"],
    [422, "Unprocessable Content", "application/json", '{"message":"bad"}'],
    [500, "Internal Server Error", undefined, ""],
    [301, "Moved Permanently", "text/plain", "moved"],
  ])("with %i is an error of the name %s, with its body as the message", async (...[statusCode, name, type, body]) => {
    const error = await rejection(answerWith(statusCode, type, body));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ statusCode, name, message: body });
  });

  it("with its own reason for an odd status has that reason", async () => {
    const error = await rejection((response) => response.writeHead(499, "Client Gone").end("x"));
    expect(error).toMatchObject({ statusCode: 499, name: "Client Gone", message: "x" });
  });

  it("with an odd status and no reason is called Error", async () => {
    const error = await rejection((response) => response.socket?.end("HTTP/1.1 499 \r\nContent-Length: 1\r\n\r\nx"));
    expect(error).toMatchObject({ statusCode: 499, name: "Error", message: "x" });
  });
});

describe("a failure of the gateway", () => {
  const error = { code: "BACKEND_UNAVAILABLE", message: "dial x: nothing listens", hint: "Read its log.", details: {} };

  it("has the message, the code and the hint of the error, and the status", async () => {
    expect(await rejection(hostError(error.code, JSON.stringify({ error })))).toMatchObject({
      name: "BowspritError",
      message: error.message,
      code: error.code,
      hint: error.hint,
      statusCode: 502,
    });
  });

  it("is told from a backend that answers with the same JSON", async () => {
    const reason = await rejection(answerWith(502, "application/json", JSON.stringify({ error })));
    expect(reason).toMatchObject({ name: "Bad Gateway", message: JSON.stringify({ error }) });
    expect(reason).not.toHaveProperty("code");
  });

  it.each(["", "proxy trouble", "[]"])("with the body %j still has the code of its header", async (body) => {
    const message = expect.stringContaining(`502${body === "" ? "" : `, ${body}`}`);
    expect(await rejection(hostError(error.code, body))).toMatchObject({ code: error.code, message, statusCode: 502 });
  });

  it("to HEAD has no body, and still a code", async () => {
    expect(await rejection(hostError(error.code, ""), "head")).toMatchObject({ code: error.code, statusCode: 502 });
  });
});

describe("a host that does not answer", () => {
  it("is said to be out of reach, without the query", async () => {
    const error = await rejection((response) => response.socket?.destroy());
    expect(error).toMatchObject({
      name: "BowspritError",
      code: "ENDPOINT_UNREACHABLE",
      message: "request GET /.bowsprit/service/x: the host cannot be reached",
      hint: expect.stringContaining("bowsprit serve"),
    });
  });

  it("in the middle of an answer is said to have broken off", async () => {
    const error = await rejection((response) => {
      response.writeHead(200, { "Content-Length": "10" });
      response.write("half", () => response.socket?.destroy());
    });
    expect(error).toMatchObject({ code: "CONNECTION_LOST", message: expect.stringContaining("broke off") });
  });
});

it.each(["http://", "//[", "http://a b/"])("refuses the url %j and sends nothing", async (url) => {
  const gateway = await startGateway();
  await expect(createServiceApi({ base: gateway.base, fetch }).get(url)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  expect(gateway.received).toEqual([]);
});
