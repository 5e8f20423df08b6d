import assert from "node:assert/strict";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { ErrorCode } from "@bowsprit/core";
import { expectCode } from "./expect-code.ts";
import { type Verification, verifies } from "./verifies.ts";

/** A call over its time ends this much later at most: the limit of a promise, with slack for a busy computer. */
const slackMs = 5000;

/** A backend learns within this that nobody waits for its answer any more (X38). */
const promisedMs = 1000;

const hang = { method: "GET", path: "/hang" } as const;
const whole = { method: "GET", path: "/whole" } as const;
const unfinished = { text: "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart" };

/** How a call ends before it is done. */
export const limitCases: readonly Verification[] = [
  verifies("signal.before-call-never-dials", async (bench) => {
    let dialled = 0;
    const { address } = await bench.listen(bench.listening.freshAddress(), (stream) => {
      dialled += 1;
      stream.resume();
    });
    const before = dialled;
    const call = { signal: AbortSignal.abort("changed my mind") };
    await expectCode(bench.dial(address, call), ErrorCode.Aborted);
    const client = await bench.client(address);
    await expectCode(client.request(whole, call), ErrorCode.Aborted);
    // A stream of our own shows that whatever was dialled before it would have arrived.
    await bench.dial(address);
    await turnsUntil(() => dialled > before);
    assert.equal(dialled, before + 1);
  }),
  verifies("signal.during-call-aborts", async (bench) => {
    const waiting = await bench.client({ kind: "silent" });
    const first = new AbortController();
    const unanswered = waiting.request(hang, { signal: first.signal });
    setImmediate(() => first.abort());
    await expectCode(unanswered, ErrorCode.Aborted);
    const halfway = await bench.client({ kind: "script", answers: [unfinished] });
    const second = new AbortController();
    const answer = await halfway.request(whole, { signal: second.signal });
    setImmediate(() => second.abort());
    await expectCode(answer.text(), ErrorCode.Aborted);
  }),
  verifies("signal.reason-is-cause", async (bench) => {
    const reason = new Error("changed my mind");
    const client = await bench.client({ kind: "silent" });
    const controller = new AbortController();
    const call = client.request(hang, { signal: controller.signal });
    setImmediate(() => controller.abort(reason));
    assert.equal((await expectCode(call, ErrorCode.Aborted)).cause, reason);
    const signal = AbortSignal.abort(reason);
    assert.equal((await expectCode(bench.dial(bench.nowhere(), { signal }), ErrorCode.Aborted)).cause, reason);
  }),
  verifies("signal.reaches-the-peer", async (bench) => {
    const accepted = Promise.withResolvers<Duplex>();
    const { address } = await bench.listen(bench.listening.freshAddress(), accepted.resolve);
    const client = await bench.client(address);
    const controller = new AbortController();
    const call = client.request(hang, { signal: controller.signal });
    const stream = await accepted.promise;
    await once(stream, "data");
    const { promise: over, resolve } = Promise.withResolvers<void>();
    stream.once("end", resolve).once("close", resolve);
    const began = performance.now();
    controller.abort();
    await Promise.all([over, expectCode(call, ErrorCode.Aborted)]);
    assert.ok(performance.now() - began < promisedMs);
  }),
  verifies("timeout.is-deadline-exceeded", async (bench) => {
    const began = performance.now();
    const own = await bench.client({ kind: "silent" }, { firstByteTimeoutMs: 50 });
    const silent = await bench.client({ kind: "silent" });
    const halfway = await bench.client({ kind: "script", answers: [unfinished] }, { idleTimeoutMs: 50 });
    const answer = await halfway.request(whole);
    await Promise.all([
      expectCode(own.request(hang), ErrorCode.DeadlineExceeded),
      expectCode(silent.request(hang, { timeoutMs: 50 }), ErrorCode.DeadlineExceeded),
      expectCode(answer.text(), ErrorCode.DeadlineExceeded),
    ]);
    assert.ok(performance.now() - began < slackMs);
  }),
  verifies("abort.leaves-connection-usable", async (bench) => {
    const client = await bench.client({ kind: "http" }, { maxConnections: 1 });
    assert.equal(await (await client.request(whole)).text(), "/whole");
    const controller = new AbortController();
    const call = client.request(hang, { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expectCode(call, ErrorCode.Aborted);
    for await (const _ of (await client.request({ method: "GET", path: "/bytes/1000000" })).body) break;
    assert.equal(await (await client.request(whole)).text(), "/whole");
  }),
];

async function turnsUntil(isReached: () => boolean): Promise<void> {
  while (!isReached()) await new Promise(setImmediate);
}
