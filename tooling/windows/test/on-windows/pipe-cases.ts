import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { ErrorCode } from "@bowsprit/core";
import type { Address } from "@bowsprit/transport";
import { createNamedPipeTransport, toPipePath } from "@bowsprit/transport-named-pipe";
import { openBusyPipe } from "./busy-pipe.ts";
import type { Case } from "./case.ts";
import { expectCode } from "./expect-code.ts";

const transport = createNamedPipeTransport({ prefix: `windows-${randomUUID()}` });
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const echo = (stream: Duplex): void => void pipeline(stream, stream).catch(() => undefined);
const freshAddress = (): Address => transport.address("case", randomUUID());

/** Sends text and waits for as much to come back. */
async function roundTrip(stream: Duplex, sent: string): Promise<string> {
  stream.write(sent);
  let got = "";
  while (got.length < sent.length) {
    const [chunk] = (await once(stream, "data")) as [Buffer];
    got += chunk.toString();
  }
  return got;
}

/** The most callers that a pipe of Node takes before its owner has to act is 4. */
const moreThanItTakes = 6;

/** What only pipes promise; the rest is the conformance suite. */
export const pipeCases: readonly Case[] = [
  [
    "ending one direction ends both, after every byte has arrived",
    async () => {
      const address = freshAddress();
      const accepted = Promise.withResolvers<Duplex>();
      await using _listener = await transport.listen(address, accepted.resolve);
      const stream = await transport.connect(address);
      const sent = Buffer.alloc(300_000, "bowsprit");
      stream.end(sent);
      const got = await buffer(await accepted.promise);
      assert.equal(sha256(got), sha256(sent));
      assert.equal(await text(stream), "");
    },
  ],
  [
    "a pipe's name is the same in upper and lower case",
    async () => {
      const name = `windows-Case-${randomUUID()}`;
      await using _listener = await transport.listen({ scheme: "npipe", name }, echo);
      const stream = await transport.connect({ scheme: "npipe", name: name.toUpperCase() });
      assert.equal(await roundTrip(stream, "x"), "x");
      stream.destroy();
    },
  ],
  [
    "a name that Windows would read as another one is not dialled",
    async () => {
      const name = `windows-${randomUUID()}`;
      await using _listener = await transport.listen({ scheme: "npipe", name }, echo);
      for (const other of [`${name}.`, `${name} `, `x/../${name}`, `x\\..\\${name}`]) {
        await expectCode(transport.connect({ scheme: "npipe", name: other }), ErrorCode.EndpointInvalid);
      }
    },
  ],
  [
    "a busy pipe: deadline and signal end the dial, and a listener finds it in use",
    async () => {
      const address = freshAddress();
      assert.ok(address.scheme === "npipe");
      await using _pipe = await openBusyPipe(toPipePath(address.name));
      const began = performance.now();
      const dials = Array.from({ length: moreThanItTakes }, async () => transport.connect(address, { timeoutMs: 400 }));
      const results = await Promise.allSettled(dials);
      assert.ok(performance.now() - began < 3_000);
      const late = results.filter((result) => result.status === "rejected");
      assert.ok(late.length > 0, "every dial was taken: the pipe was not busy");
      for (const { reason } of late) assert.equal(reason.code, ErrorCode.DeadlineExceeded, String(reason));
      const stop = new AbortController();
      const dial = transport.connect(address, { signal: stop.signal });
      stop.abort("enough");
      assert.equal((await expectCode(dial, ErrorCode.Aborted)).cause, "enough");
      await expectCode(transport.listen(address, echo, { timeoutMs: 400 }), ErrorCode.EndpointInUse);
      for (const result of results) if (result.status === "fulfilled") result.value.destroy();
    },
  ],
];
