import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BackendProcess, startBackend } from "./backend-process.ts";
import { type Answered, type Sent, send } from "./send.ts";

let backend: BackendProcess;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(async () => {
  await backend[Symbol.asyncDispose]();
});

const ask = async (path: string, sent?: Sent): Promise<Answered> => send(backend.socketPath, path, sent);
const sha256 = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test("greets, and says where it runs", async () => {
  const { status, headers, json } = await ask("/hello");
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(json()).toMatchObject({ message: "Hello from the backend", from: "a test", pid: backend.child.pid });
});

test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
  "%s is echoed with its path, headers and body's hash",
  async (method) => {
    const { status, json } = await ask("/echo/a%20b?c=d", { method, headers: { "x-test": "yes" }, body: "ahoy" });
    expect(status).toBe(200);
    expect(json()).toMatchObject({
      method,
      path: "/echo/a%20b?c=d",
      headers: { "x-test": "yes" },
      bytes: 4,
      sha256: sha256("ahoy"),
    });
  },
);

test("HEAD is answered with headers and no body", async () => {
  const { status, headers, bytes } = await ask("/echo", { method: "HEAD" });
  expect(status).toBe(200);
  expect(Number(headers["content-length"])).toBeGreaterThan(0);
  expect(bytes).toHaveLength(0);
});

test("an upload of 24 MiB is hashed as it streams by", async () => {
  const chunk = Buffer.alloc(64 * 1024, "bowsprit");
  const chunks = Array.from({ length: 384 }, () => chunk);
  const { json } = await ask("/echo", { method: "POST", body: chunks });
  expect(json()).toMatchObject({ bytes: 24 * 1024 * 1024, sha256: sha256(Buffer.concat(chunks)) });
});

test.each([0, 1, 251, 64_256, 64_257, 8 * 1024 * 1024])("%i bytes come exactly as documented", async (length) => {
  const { status, headers, bytes } = await ask(`/bytes/${length}`);
  expect(status).toBe(200);
  expect(headers["content-length"]).toBe(String(length));
  expect(sha256(bytes)).toBe(sha256(Uint8Array.from({ length }, (_, index) => index % 251)));
});

test("a download that nobody reads to its end does no harm", async () => {
  const { status, headers, bytes } = await ask("/bytes/999999999999", { method: "HEAD" });
  expect([status, headers["content-length"], bytes.length]).toEqual([200, "999999999999", 0]);
});

test.each([200, 204, 304, 404, 418, 503])("status %i is what was asked for", async (code) => {
  expect((await ask(`/status/${code}`)).status).toBe(code);
});

test.each(["/status/199", "/status/600", "/status/000"])("%s is no status to ask for", async (path) => {
  const { status, json } = await ask(path);
  expect(status).toBe(400);
  expect(json()).toEqual({ error: "a status that can be asked for is from 200 to 599" });
});

test("events stream as server-sent events and end", async () => {
  const { headers, text } = await ask("/events");
  expect(headers["content-type"]).toBe("text/event-stream");
  expect(text.split("\n\n").filter(Boolean)).toEqual(
    [1, 2, 3, 4, 5].map((tick) => `id: ${tick}\nevent: tick\ndata: {"tick":${tick},"of":5}`),
  );
});

test("what is not there is 404 in JSON, and a method that a path does not have is 405", async () => {
  for (const path of ["/", "/hello/", "/hellos", "/echoes", "/bytes/-1", "/bytes/1e9", "/notes/x", "//echo"]) {
    const { status, headers } = await ask(path);
    expect([path, status, headers["content-type"]]).toEqual([path, 404, "application/json"]);
  }
  const refused = await ask("/hello", { method: "POST" });
  expect([refused.status, refused.headers["allow"]]).toEqual([405, "GET, HEAD"]);
});

test("notes are added, listed, replaced, changed and deleted", async () => {
  const post = await ask("/notes", { method: "POST", body: JSON.stringify({ text: "set sail" }) });
  const { location = "" } = post.headers;
  expect([post.status, post.json()]).toEqual([201, { id: 1, text: "set sail", done: false }]);
  expect(location).toBe("/notes/1");
  const patch = await ask(location, { method: "PATCH", body: `{"done":true}` });
  expect([patch.status, patch.json()]).toEqual([200, { id: 1, text: "set sail", done: true }]);
  const put = await ask(location, { method: "PUT", body: `{"text":"drop anchor"}` });
  expect([put.status, put.json()]).toEqual([200, { id: 1, text: "drop anchor", done: false }]);
  expect((await ask("/notes")).json()).toEqual([{ id: 1, text: "drop anchor", done: false }]);
  const removed = await ask(location, { method: "DELETE" });
  expect([removed.status, removed.text]).toEqual([204, ""]);
  expect((await ask("/notes")).json()).toEqual([]);
  for (const method of ["GET", "DELETE"]) expect((await ask(location, { method })).status).toBe(404);
});

test.each([
  ["no JSON", "ahoy", 400],
  ["no object", "[]", 400],
  ["no text", "{}", 400],
  ["an empty text", `{"text":" "}`, 400],
  ["a text that is a number", `{"text":7}`, 400],
  ["a done that is no boolean", `{"text":"a","done":"yes"}`, 400],
  ["more than 64 KiB", `{"text":"${"x".repeat(70_000)}"}`, 413],
])("a note with %s is refused", async (_, body, status) => {
  expect((await ask("/notes", { method: "POST", body })).status).toBe(status);
});

test("after all that, it still answers", async () => {
  expect((await ask("/hello")).status).toBe(200);
});
