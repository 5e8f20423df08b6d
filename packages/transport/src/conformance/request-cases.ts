import assert from "node:assert/strict";
import type { Duplex } from "node:stream";
import { ErrorCode } from "@bowsprit/core";
import { expectCode } from "./expect-code.ts";
import { firstFlaw, pattern } from "./pattern.ts";
import { type Verification, verifies } from "./verifies.ts";

/** What the peer `http` says of a request at `/seen`. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  /** Base64. */
  readonly body: string;
}

const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);

/** One request and its answer. */
export const requestCases: readonly Verification[] = [
  verifies("request.round-trip", async (bench) => {
    const client = await bench.client({ kind: "http" });
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"]) {
      const headers = { "X-Own": method };
      const answer = await client.request({ method, path: "/seen?a=%20b", headers, body: "ahoy" });
      assert.equal(answer.status, 200);
      assert.equal(answer.statusText, "OK");
      const seen = (await answer.json()) as Seen;
      assert.deepEqual([seen.method, seen.url, atob(seen.body)], [method, "/seen?a=%20b", "ahoy"]);
      assert.equal(seen.rawHeaders[seen.rawHeaders.indexOf("X-Own") + 1], method);
    }
  }),
  verifies("request.empty-body", async (bench) => {
    const client = await bench.client({ kind: "http" });
    const seen = (await (await client.request({ method: "GET", path: "/seen" })).json()) as Seen;
    assert.equal(seen.body, "");
    assert.ok(!seen.rawHeaders.some((name) => /^(?:content-length|transfer-encoding)$/iu.test(name)));
    for (const [method, path] of [
      ["GET", "/nothing"],
      ["HEAD", "/bytes/5"],
      ["POST", "/echo"],
    ] as const) {
      assert.equal(await (await client.request({ method, path })).text(), "");
    }
  }),
  verifies("request.binary-exact", async (bench) => {
    const client = await bench.client({ kind: "http" });
    const answer = await client.request({ method: "POST", path: "/echo", body: everyByte });
    assert.deepEqual(new Uint8Array(await answer.bytes()), everyByte);
  }),
  verifies("request.streams-body", async (bench) => {
    const client = await bench.client({ kind: "http" });
    const [size, step, most] = [16 * 1024 * 1024, 65_521, 4 * 1024 * 1024];
    let [sent, received] = [0, 0];
    async function* body(): AsyncGenerator<Uint8Array> {
      while (sent < size) {
        const bytes = pattern(sent, Math.min(step, size - sent));
        sent += bytes.length;
        yield bytes;
      }
    }
    const answer = await client.request({ method: "POST", path: "/echo", body: body() });
    for await (const chunk of answer.body) {
      assert.equal(firstFlaw(chunk, received), -1);
      received += chunk.length;
      assert.ok(sent - received <= most, `${sent - received} bytes are on the way`);
    }
    assert.equal(received, size);
  }),
  verifies("request.headers-case-insensitive", async (bench) => {
    const client = await bench.client({ kind: "http" }, { headers: { Accept: "text/html", "X-Kept": "kept" } });
    const answer = await client.request({ method: "GET", path: "/seen", headers: { accept: "text/plain" } });
    const { rawHeaders } = (await answer.json()) as Seen;
    assert.deepEqual(
      rawHeaders.filter((_, index) => /^accept$/iu.test(rawHeaders[index - 1] ?? "")),
      ["text/plain"],
    );
    assert.ok(rawHeaders.includes("X-Kept"));
    assert.deepEqual(answer.headers.slice(1, 3), [
      ["X-Twice", "1"],
      ["x-twice", "2"],
    ]);
  }),
  verifies("request.handler-error-becomes-status", async (bench) => {
    const client = await bench.client({ kind: "http" });
    for (const [path, status] of [
      ["/fail", 500],
      ["/status/404", 404],
      ["/status/503", 503],
    ] as const) {
      const answer = await client.request({ method: "GET", path });
      assert.equal(answer.status, status);
      assert.notEqual(await answer.text(), "");
    }
  }),
  verifies("request.concurrent-no-crosstalk", async (bench) => {
    const client = await bench.client({ kind: "http" }, { maxConnections: 4 });
    const paths = Array.from({ length: 100 }, (_, index) => `/answer-${index}`);
    const texts = paths.map(async (path) => (await client.request({ method: "GET", path })).text());
    assert.deepEqual(await Promise.all(texts), paths);
  }),
  verifies("request.sent-once", async (bench) => {
    const heads: string[] = [];
    const { address } = await bench.listen(bench.listening.freshAddress(), (stream: Duplex) => {
      stream.once("data", (head: Buffer) => {
        heads.push(head.toString().split(" ")[0] ?? "");
        stream.destroy();
      });
    });
    const client = await bench.client(address);
    const methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];
    for (const method of methods) await expectCode(client.request({ method, path: "/" }), ErrorCode.ConnectionLost);
    assert.deepEqual(heads, methods);
  }),
  verifies("request.early-answer-delivered", async (bench) => {
    const text = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 6\r\n\r\nenough";
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let at = 0; ; at += 16_384) yield pattern(at, 16_384);
    }
    const { halfClose } = bench.dialer.traits;
    for (const answers of [[{ text }], ...(halfClose ? [[{ text, ending: "end" } as const]] : [])]) {
      const client = await bench.client({ kind: "script", answers });
      const answer = await client.request({ method: "PUT", path: "/", body: endless() });
      assert.equal(await answer.text(), "enough");
    }
  }),
  verifies("request.utf8-split-decoded", async (bench) => {
    const said = "Grüße, 世界 – 🚢";
    const bytes = Buffer.from(said).toString("latin1");
    const text = `HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n${bytes}`;
    const client = await bench.client({ kind: "script", answers: [{ text, pieceBytes: 1 }] });
    assert.equal(await (await client.request({ method: "GET", path: "/" })).text(), said);
  }),
  verifies("limit.many-at-once", async (bench) => {
    const many = "transport" in bench.subject ? 200 : 8;
    const client = await bench.client({ kind: "http" });
    const sizes = Array.from({ length: many }, (_, index) => index * 37);
    const answers = sizes.map(async (size) =>
      (await client.request({ method: "GET", path: `/bytes/${size}` })).bytes(),
    );
    for (const [index, bytes] of (await Promise.all(answers)).entries()) {
      assert.equal(bytes.length, sizes[index]);
      assert.equal(firstFlaw(bytes, 0), -1);
    }
  }),
];
