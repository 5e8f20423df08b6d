import { toExtensionId } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { createApiClient } from "./create-api-client.ts";

const id = toExtensionId("hello");

/** A client whose every request is answered so, and what it asked. */
function setUp(answer: (signal: AbortSignal | null | undefined) => Promise<Response> | Response) {
  const asked: { path: string; init: RequestInit | undefined }[] = [];
  let signedOut = 0;
  const client = createApiClient({
    fetch: async (path, init) => {
      if (typeof path !== "string") throw new TypeError("not a path");
      asked.push({ path, init });
      return answer(init?.signal);
    },
    onSignedOut: () => (signedOut += 1),
  });
  const requests = (): string[] => asked.map(({ path, init }) => `${init?.method} ${path}`);
  return { asked, client, requests, signedOut: () => signedOut };
}

const lateAnswer = (signal: AbortSignal | null | undefined): Promise<Response> =>
  new Promise((_, reject) => {
    const fail = (): void => reject(signal?.reason instanceof Error ? signal.reason : new Error("not aborted"));
    if (signal?.aborted === true) fail();
    signal?.addEventListener("abort", fail);
  });

describe("the client of the gateway", () => {
  it("asks the routes of the wire", async () => {
    const { asked, client, requests } = setUp(() => Response.json({ url: "http://x.bowsprit.localhost/" }));
    await client.list();
    await client.inspect(id);
    await client.examine("/a folder");
    await client.install("/a folder", "agreed");
    await client.remove(id);
    await client.remove(id, { keepData: true });
    await client.start(id);
    await client.logs(id);
    await client.logs(id, { tail: 20 });
    expect(await client.open(id)).toBe("http://x.bowsprit.localhost/");
    expect(requests()).toEqual([
      "GET /api/extensions",
      "GET /api/extensions/hello",
      "POST /api/examinations",
      "POST /api/extensions",
      "DELETE /api/extensions/hello",
      "DELETE /api/extensions/hello?keep-data=true",
      "POST /api/extensions/hello/start",
      "GET /api/extensions/hello/logs?tail=200",
      "GET /api/extensions/hello/logs?tail=20",
      "POST /api/extensions/hello/open",
    ]);
    expect(asked[3]?.init?.body).toBe('{"source":"/a folder","agreement":"agreed"}');
    expect(asked[6]?.init).toMatchObject({ body: "{}", headers: { "content-type": "application/json" } });
    expect(asked[0]?.init?.body).toBeUndefined();
  });

  it("fails with the gateway's own error, its hint and its details", async () => {
    const error = {
      code: "BACKEND_UNAVAILABLE",
      message: "start hello: it ended",
      hint: "Read the logs.",
      details: { exitCode: 1 },
    };
    const { client } = setUp(() => Response.json({ error }, { status: 503 }));
    await expect(client.start(id)).rejects.toMatchObject(error);
  });

  it("says of a session that is over that it is, once for each answer", async () => {
    const { client, signedOut } = setUp(() => new Response("session", { status: 401 }));
    await expect(client.list()).rejects.toMatchObject({ code: "ENDPOINT_FORBIDDEN" });
    expect(signedOut()).toBe(1);
  });

  it.each([
    [403, "ENDPOINT_FORBIDDEN"],
    [415, "ENDPOINT_FORBIDDEN"],
    [500, "INTERNAL"],
  ])("takes a refusal in one word, with status %i, for %s", async (status, code) => {
    const { client, signedOut } = setUp(() => new Response("origin", { status }));
    await expect(client.list()).rejects.toMatchObject({
      code,
      message: `list the extensions: the gateway refused with status ${status}`,
    });
    expect(signedOut()).toBe(0);
  });

  it("says of a gateway that is gone that nobody answers", async () => {
    const { client } = setUp(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(client.open(id)).rejects.toMatchObject({
      code: "ENDPOINT_UNREACHABLE",
      message: "open hello: the gateway does not answer",
    });
  });

  it("does not take anything but JSON for an answer", async () => {
    const { client } = setUp(() => new Response("<!doctype html>"));
    await expect(client.list()).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
    const malformed = setUp(() => Response.json({ error: { code: "NOPE" } }, { status: 400 }));
    await expect(malformed.client.list()).rejects.toMatchObject({ code: "MESSAGE_MALFORMED" });
  });

  it("ends with the caller's signal, and with the caller's deadline", async () => {
    const caller = new AbortController();
    const { client } = setUp(lateAnswer);
    const waiting = client.start(id, { signal: caller.signal });
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
    await expect(client.start(id, { timeoutMs: 5 })).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  });
});
