import { once } from "node:events";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { closed, openSocketPair, readToEnd } from "../test/socket-pair.ts";
import { createMessageClient } from "./create-message-client.ts";
import { encodeFrame, maxFrameBytes } from "./frames.ts";
import { maxBacklogBytes, maxCalls, type ServedVerbs, serveMessages } from "./serve-messages.ts";

async function openChannel(verbs: ServedVerbs) {
  const pair = await openSocketPair();
  serveMessages(pair.server, verbs);
  return {
    ...pair,
    channel: createMessageClient<Record<string, { readonly input: unknown; readonly result: unknown }>>(pair.client),
    [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose](),
  };
}

describe("the message channel", () => {
  it("gives each of a thousand calls at once its own answer, and never has too many under way", async () => {
    let running = 0;
    let most = 0;
    await using open = await openChannel({
      async echo(input) {
        most = Math.max(most, (running += 1));
        await delay(Math.random() * 5);
        running -= 1;
        return input;
      },
    });
    const inputs = Array.from({ length: 1000 }, (_, index) => ({ index }));
    expect(await Promise.all(inputs.map((input) => open.channel.call("echo", input)))).toEqual(inputs);
    expect(most).toBeLessThanOrEqual(maxCalls);
    expect(most).toBeGreaterThan(1);
  });

  it("carries errors with code, details and hint", async () => {
    const error = new BowspritError(ErrorCode.HomeLocked, "take it: taken", { details: { pid: 7 }, hint: "Wait." });
    await using open = await openChannel({ fail: () => Promise.reject(error) });
    const caught = await open.channel.call("fail", {}).catch((reason: unknown) => reason);
    expect((caught as BowspritError).toJSON()).toEqual(error.toJSON());
    await expect(open.channel.call("constructor", {})).rejects.toMatchObject({ code: ErrorCode.Unsupported });
  });

  it("hands on progress in order, before the answer", async () => {
    const told: string[] = [];
    await using open = await openChannel({
      async steps(_input, { onProgress }) {
        for (const step of ["one", "two", "x".repeat(2 * maxFrameBytes)]) onProgress(step);
      },
    });
    expect(await open.channel.call("steps", {}, { onProgress: (message) => told.push(message) })).toBe(null);
    expect(told.map((message) => message.slice(0, 5))).toEqual(["one", "two", "xxxxx"]);
  });

  it("calls off what the caller no longer wants, and waits until it has ended", async () => {
    const controller = new AbortController();
    let undone = false;
    await using open = await openChannel({
      async wait(_input, { signal }) {
        controller.abort();
        await once(signal, "abort");
        undone = true;
        throw new BowspritError(ErrorCode.Aborted, "wait: told to stop");
      },
    });
    const call = open.channel.call("wait", {}, { signal: controller.signal });
    await expect(call).rejects.toMatchObject({ code: ErrorCode.Aborted });
    expect(undone).toBe(true);
    await expect(open.channel.call("wait", {}, { signal: controller.signal })).rejects.toMatchObject({
      code: ErrorCode.Aborted,
    });
  });

  it("ends at once what is called off while it waits for a place, and gives its place to the next", async () => {
    const running = Promise.withResolvers<unknown>();
    await using open = await openChannel({ wait: () => running.promise, echo: async (input) => input });
    const calls = Array.from({ length: maxCalls }, () => open.channel.call("wait", {}));
    const controller = new AbortController();
    const waiting = open.channel.call("echo", 1, { signal: controller.signal });
    const next = open.channel.call("echo", 2);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: ErrorCode.Aborted });
    running.resolve("done");
    expect(await Promise.all([...calls, next])).toEqual([...calls.map(() => "done"), 2]);
  });

  it("refuses calls at once where more are made than may wait, and goes on with the others", async () => {
    await using open = await openChannel({ echo: async (input) => input });
    const calls = Array.from({ length: 10_000 }, (_, index) => open.channel.call("echo", index));
    const ended = await Promise.allSettled(calls);
    const done = ended.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
    expect(done).toEqual(Array.from({ length: maxCalls + 1024 }, (_, index) => index));
    const refused = ended.flatMap((end) => (end.status === "rejected" ? [end.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set([ErrorCode.InvalidArgument]));
    expect(await open.channel.call("echo", "after")).toBe("after");
  });

  it("tells nothing of a call that has ended, also where its number is another call's by then", async () => {
    await using pair = await openSocketPair();
    let tell = (_message: string): void => expect.fail("the first call did not come");
    serveMessages(pair.server, {
      async first(_input, { onProgress }) {
        tell = onProgress;
      },
      async second() {
        tell("late");
      },
    });
    for (const verb of ["first", "second"]) {
      pair.client.write(encodeFrame("call", { id: 1, verb }));
      const [chunk] = (await once(pair.client, "data")) as [Buffer];
      expect(chunk.toString(), verb).toBe(encodeFrame("reply", { id: 1, result: null }).toString());
    }
  });

  it("calls off what its listener cannot follow, and leaves other calls alone", async () => {
    let isCalledOff = false;
    await using open = await openChannel({
      echo: async (input) => input,
      async steps(_input, { signal, onProgress }) {
        onProgress("one");
        onProgress("two");
        await once(signal, "abort");
        isCalledOff = true;
      },
    });
    const told: string[] = [];
    const steps = open.channel.call(
      "steps",
      {},
      {
        onProgress(message) {
          told.push(message);
          throw new Error("nobody reads this");
        },
      },
    );
    const other = open.channel.call("echo", "other");
    await expect(steps).rejects.toThrow("nobody reads this");
    expect({ told, isCalledOff, other: await other }).toEqual({ told: ["one"], isCalledOff: true, other: "other" });
  });

  it("takes no harm from a peer that calls off and calls off", async () => {
    await using pair = await openSocketPair();
    let fired = 0;
    serveMessages(pair.server, {
      async wait(_input, { signal }) {
        signal.addEventListener("abort", () => (fired += 1));
        await new Promise(() => {});
      },
      echo: async (input) => input,
    });
    pair.client.write(encodeFrame("call", { id: 1, verb: "wait" }));
    for (let count = 0; count < 10_000; count += 1) pair.client.write(encodeFrame("cancel", { id: 1 + (count % 3) }));
    pair.client.write(encodeFrame("call", { id: 2, verb: "echo", input: "still here" }));
    const [chunk] = (await once(pair.client, "data")) as [Buffer];
    expect(chunk.toString()).toBe(encodeFrame("reply", { id: 2, result: "still here" }).toString());
    expect({ fired, held: pair.server.writableLength }).toEqual({ fired: 1, held: 0 });
  });

  it("ends a peer's calls with its connection", async () => {
    const ended = Promise.withResolvers<void>();
    await using open = await openChannel({
      async wait(_input, { signal }) {
        open.client.destroy();
        await once(signal, "abort");
        ended.resolve();
      },
    });
    await expect(open.channel.call("wait", {})).rejects.toMatchObject({ code: ErrorCode.ConnectionLost });
    await ended.promise;
    await expect(open.channel.call("wait", {})).rejects.toMatchObject({ code: ErrorCode.ConnectionLost });
  });

  it("fails the calls of a client whose daemon dies, also those that wait for a place", async () => {
    await using open = await openChannel({ wait: () => new Promise(() => {}) });
    const calls = Array.from({ length: maxCalls + 10 }, () => open.channel.call("wait", {}));
    await once(open.server, "data");
    open.server.destroy();
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: ErrorCode.ConnectionLost });
  });

  it("refuses an answer that is not small, and goes on", async () => {
    await using open = await openChannel({ big: async () => "x".repeat(maxFrameBytes), small: async () => 1 });
    await expect(open.channel.call("big", {})).rejects.toMatchObject({ code: ErrorCode.MessageTooLarge });
    await expect(open.channel.call("small", "x".repeat(maxFrameBytes))).rejects.toMatchObject({
      code: ErrorCode.MessageTooLarge,
    });
    expect(await open.channel.call("small", {})).toBe(1);
  });

  it("ends with a peer that breaks its rules", async () => {
    const call = encodeFrame("call", { id: 1, verb: "wait" });
    const many = Array.from({ length: maxCalls + 1 }, (_, id) => encodeFrame("call", { id, verb: "wait" }));
    for (const bytes of [
      Buffer.from("garbage\f"),
      Buffer.alloc(maxFrameBytes + 1, "x"),
      encodeFrame("call", { verb: "wait" }),
      encodeFrame("call", null),
      encodeFrame("call", { id: "1", verb: "wait" }),
      encodeFrame("reply", { id: 1 }),
      Buffer.concat([call, call]),
      Buffer.concat(many),
    ]) {
      await using pair = await openSocketPair();
      serveMessages(pair.server, { wait: () => new Promise(() => {}) });
      pair.client.write(bytes);
      await readToEnd(pair.client);
      expect(pair.server.destroyed, bytes.toString("latin1", 0, 40)).toBe(true);
    }
  });

  it("neither reads from nor piles up for a peer that does not read", async () => {
    await using pair = await openSocketPair();
    let calls = 0;
    serveMessages(pair.server, {
      async echo() {
        calls += 1;
        return "x".repeat(maxFrameBytes - 100);
      },
    });
    pair.client.pause();
    for (let id = 0; id < maxCalls; id += 1) pair.client.write(encodeFrame("call", { id, verb: "echo" }));
    await settled(() => calls);
    expect(pair.server.isPaused()).toBe(true);
    expect(pair.server.writableLength).toBeLessThan((maxCalls + 2) * maxFrameBytes);
    const before = { calls, held: pair.server.writableLength };
    for (let id = 0; id < 2000; id += 1) pair.client.write(encodeFrame("call", { id: 1000 + id, verb: "echo" }));
    await settled(() => calls);
    expect({ calls, held: pair.server.writableLength }).toEqual(before);
    pair.client.destroy();
    await closed(pair.server);
  });

  it("leaves out steps that a slow peer is behind with, and never its answer", async () => {
    await using pair = await openSocketPair();
    const step = "x".repeat(8000);
    const told = Promise.withResolvers<void>();
    serveMessages(pair.server, {
      async steps(_input, { onProgress }) {
        for (let count = 0; count < 10_000; count += 1) onProgress(step);
        told.resolve();
        return "done";
      },
    });
    pair.client.pause().write(encodeFrame("call", { id: 1, verb: "steps" }));
    await told.promise;
    expect(pair.server.writableLength).toBeLessThan(maxBacklogBytes + maxFrameBytes);
    const answer = encodeFrame("reply", { id: 1, result: "done" }).toString();
    let end = "";
    for await (const chunk of pair.client) {
      end = (end + String(chunk)).slice(-answer.length);
      if (end === answer) break;
    }
    expect(end).toBe(answer);
  });
});

/** Resolves once a number has stood still for many turns of the event loop. */
async function settled(read: () => number): Promise<void> {
  for (let last = read(), still = 0; still < 50; still = read() === last ? still + 1 : 0) {
    last = read();
    await turn();
  }
}
