import assert from "node:assert/strict";
import { ErrorCode } from "@bowsprit/core";
import { expectCode } from "./expect-code.ts";
import { hear } from "./hear.ts";
import { pattern } from "./pattern.ts";
import { type Verification, verifies } from "./verifies.ts";

const messages = [
  "",
  "text",
  "Grüße, 世界",
  new Uint8Array(0),
  pattern(0, 1),
  pattern(7, 100_000),
  "x".repeat(100_000),
];
const numbers = 10_000;
const limit = 1024;

/** What HTTP can turn into, and messages on it. */
export const messageCases: readonly Verification[] = [
  verifies("upgrade.carries-bytes", async (bench) => {
    const client = await bench.client({ kind: "http" });
    const answer = await client.upgrade({ path: "/switch", protocol: "echo" });
    assert.ok("stream" in answer, "the backend did not switch");
    const { stream } = answer;
    stream.on("error", () => {}).write("ahoy");
    assert.equal(await hear(stream, 4), "ahoy");
    stream.destroy();
  }),
  verifies("upgrade.refusal-is-an-answer", async (bench) => {
    const client = await bench.client({ kind: "http" });
    const answer = await client.upgrade({ path: "/not", protocol: "echo" });
    assert.ok("text" in answer, "the backend switched");
    assert.deepEqual([answer.status, await answer.text()], [403, "no"]);
  }),
  verifies("events.order-kept", async (bench) => {
    const client = await bench.client({ kind: "http" });
    const events = await Array.fromAsync(client.events("/events/500"));
    const eventOf = (index: number) => ({ type: "message", data: `event ${index}`, id: String(index) });
    assert.deepEqual(
      events,
      Array.from({ length: 500 }, (_, index) => eventOf(index)),
    );
  }),
  verifies("channel.message-boundaries", async (bench) => {
    const client = await bench.client({ kind: "http" });
    await using socket = await client.webSocket("/socket");
    const heard: (string | Uint8Array)[] = [];
    const sending = (async () => {
      for (const message of messages) await socket.send(message);
    })();
    for await (const message of socket) if (heard.push(message) === messages.length) break;
    await sending;
    assert.deepEqual(
      heard.map((message) => plain(message)),
      messages.map((message) => plain(message)),
    );
  }),
  verifies("channel.slow-reader-bounded", async (bench) => {
    const client = await bench.client({ kind: "http" });
    await using socket = await client.webSocket(`/numbers/${numbers}`);
    let count = 0;
    for await (const message of socket) {
      assert.equal(message, String(count));
      count += 1;
      // A slow reader: the connection turns meanwhile, and would bring everything if it were let.
      if (count % 100 === 0) await new Promise(setImmediate);
    }
    assert.equal(count, numbers);
    assert.equal((await socket.closed).code, 1005);
  }),
  verifies("limit.exact-size-accepted", async (bench) => {
    const client = await bench.client({ kind: "http" });
    await using socket = await client.webSocket("/socket", { maxMessageBytes: limit });
    await socket.send("x".repeat(limit));
    for await (const message of socket) {
      assert.equal(message.length, limit);
      break;
    }
  }),
  verifies("limit.too-large-rejected", async (bench) => {
    const client = await bench.client({ kind: "http" });
    await using socket = await client.webSocket("/socket", { maxMessageBytes: limit });
    await socket.send("x".repeat(limit + 1));
    await expectCode(Array.fromAsync(socket), ErrorCode.MessageTooLarge);
    assert.equal(await (await client.get("/next")).text(), "/next");
  }),
];

function plain(message: string | Uint8Array): string | readonly number[] {
  return typeof message === "string" ? message : [...message];
}
