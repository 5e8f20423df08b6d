import assert from "node:assert/strict";
import { ErrorCode } from "@bowsprit/core";
import type { Bench } from "./bench.ts";
import { expectCode } from "./expect-code.ts";
import { pattern } from "./pattern.ts";
import type { ScriptedAnswer } from "./peer.ts";
import { type Verification, verifies } from "./verifies.ts";

const get = { method: "GET", path: "/" } as const;

/** Peers that do wrong, and what may come of it. */
export const faultCases: readonly Verification[] = [
  verifies("fault.cut-mid-message", async (bench) => {
    const cuts = [
      "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\n",
      "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n4\r\npa",
    ];
    for (const text of cuts) {
      for (const ending of ["end", "destroy"] as const) {
        const client = await scripted(bench, { text, ending });
        const { body } = await client.request(get);
        await expectCode(Array.fromAsync(body), ErrorCode.ConnectionLost);
      }
    }
  }),
  verifies("fault.closed-before-answer", async (bench) => {
    for (const answer of [
      { text: "", ending: "end" },
      { text: "", ending: "destroy" },
      { text: "HTTP/1.1 20", ending: "destroy" },
    ] as const) {
      const client = await scripted(bench, answer);
      await expectCode(client.request(get), ErrorCode.ConnectionLost);
    }
  }),
  verifies("fault.reset-is-connection-lost", async (bench) => {
    const client = await bench.client({ kind: "resets" });
    const body = pattern(0, 4 * 1024 * 1024);
    for (const method of ["POST", "PUT"]) {
      await expectCode(client.request({ method, path: "/", body }), ErrorCode.ConnectionLost);
    }
  }),
  verifies("fault.wrong-length", async (bench) => {
    const short = await scripted(bench, { text: "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort", ending: "end" });
    const { body } = await short.request(get);
    await expectCode(Array.fromAsync(body), ErrorCode.ConnectionLost);
    const long = await bench.client({
      kind: "script",
      answers: [{ text: "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nlong" }, ok("own")],
    });
    assert.equal(await (await long.request(get)).text(), "lo");
    // On a connection of its own the peer begins its script anew.
    assert.equal(await (await long.request(get)).text(), "lo");
  }),
  verifies("fault.split-frames", async (bench) => {
    const text =
      "HTTP/1.1 200 OK\r\nx-a: b\r\ntransfer-encoding: chunked\r\n\r\n4;x=y\r\nfour\r\n3\r\ntwo\r\n0\r\n\r\n";
    const client = await scripted(bench, { text, pieceBytes: 1 });
    for (let count = 0; count < 3; count += 1) {
      const answer = await client.request(get);
      assert.deepEqual(answer.headers[0], ["x-a", "b"]);
      assert.equal(await answer.text(), "fourtwo");
    }
  }),
  verifies("fault.coalesced-frames", async (bench) => {
    const { text } = ok("mine");
    const client = await scripted(bench, { text: `HTTP/1.1 103 Early Hints\r\n\r\n${text}${ok("nobody's").text}` });
    for (let count = 0; count < 3; count += 1) assert.equal(await (await client.request(get)).text(), "mine");
  }),
  verifies("fault.garbage-is-malformed", async (bench) => {
    for (const text of [
      "SSH-2.0-OpenSSH\r\n\r\n",
      "\0\u0001\u0002\u00ff\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    ]) {
      const client = await scripted(bench, { text });
      await expectCode(client.request(get), ErrorCode.MessageMalformed);
    }
    const late = await scripted(bench, {
      text: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\nzz\r\n",
    });
    await expectCode((await late.request(get)).text(), ErrorCode.MessageMalformed);
  }),
  verifies("fault.trickle-goes-on", async (bench) => {
    const body = "x".repeat(400);
    const slow: ScriptedAnswer = { ...ok(body), pieceBytes: 1 };
    const client = await scripted(bench, slow, { idleTimeoutMs: 5000 });
    assert.equal(await (await client.request(get)).text(), body);
    for await (const chunk of (await client.request(get)).body) {
      assert.ok(chunk.length < body.length);
      break;
    }
    assert.equal(await (await client.request(get)).text(), body);
  }),
];

function ok(body: string): ScriptedAnswer {
  return { text: `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}` };
}

function scripted(bench: Bench, answer: ScriptedAnswer, options: { readonly idleTimeoutMs?: number } = {}) {
  return bench.client({ kind: "script", answers: [answer] }, options);
}
