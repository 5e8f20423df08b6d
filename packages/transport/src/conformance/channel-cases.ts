import assert from "node:assert/strict";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { firstFlaw, pattern } from "./pattern.ts";
import { readAll } from "./read-all.ts";
import { type Verification, verifies } from "./verifies.ts";

const MiB = 1024 * 1024;

/** More than two ends and the system between them may hold: what does not fit makes the writer wait. */
const maxHeldBytes = 4 * MiB;

/** Bytes on a stream. */
export const channelCases: readonly Verification[] = [
  verifies("channel.order-kept", async (bench) => {
    const size = 4 * MiB;
    const down = await bench.dial(await bench.serve({ kind: "source", bytes: size }));
    const bytes = await readAll(down);
    assert.equal(bytes.length, size);
    assert.equal(firstFlaw(bytes, 0), -1);
    const echo = await bench.dial(await bench.serve({ kind: "echo" }));
    const back = readExactly(echo, MiB);
    await writeAll(echo, MiB, 1021);
    assert.equal(firstFlaw(await back, 0), -1);
  }),
  verifies("channel.both-directions", async (bench) => {
    const echo = await bench.dial(await bench.serve({ kind: "echo" }));
    const size = 8 * MiB;
    const [back] = await Promise.all([readExactly(echo, size), writeAll(echo, size, 65_536)]);
    assert.equal(firstFlaw(back, 0), -1);
  }),
  verifies("channel.backpressure", async (bench) => {
    const accepted = Promise.withResolvers<Duplex>();
    const { address } = await bench.listen(bench.listening.freshAddress(), accepted.resolve);
    const near = await bench.dial(address);
    const far = await accepted.promise;
    far.pause();
    let written = 0;
    const step = 65_536;
    while (written - near.writableLength < 64 * MiB) {
      const hasRoom = near.write(pattern(written, step));
      written += step;
      if (hasRoom) continue;
      const drained = await Promise.race([once(near, "drain").then(() => true), turns(200)]);
      if (!drained) break;
    }
    assert.ok(written <= maxHeldBytes, `${written} bytes were taken, and nobody read one`);
    const all = readAll(far);
    near.end();
    const bytes = await all;
    assert.equal(bytes.length, written);
    assert.equal(firstFlaw(bytes, 0), -1);
  }),
  verifies("channel.half-close-kept", async (bench) => {
    const echo = await bench.dial(await bench.serve({ kind: "echo" }));
    echo.end(pattern(0, 200_000));
    const bytes = await readAll(echo);
    assert.equal(bytes.length, 200_000);
    assert.equal(firstFlaw(bytes, 0), -1);
  }),
  verifies("channel.half-open-peer-detected", async (bench) => {
    const stream = await bench.dial(await bench.serve({ kind: "gone" }));
    await readAll(stream).catch(() => undefined);
  }),
];

/** False after so many turns of the event loop: long enough for whatever moves to move on. */
async function turns(count: number): Promise<boolean> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
  return false;
}

async function writeAll(stream: Duplex, bytes: number, step: number): Promise<void> {
  for (let at = 0; at < bytes; at += step) {
    if (!stream.write(pattern(at, Math.min(step, bytes - at)))) await once(stream, "drain");
  }
}

async function readExactly(stream: Duplex, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  stream.once("close", () => reject(new Error(`closed after ${length} of ${bytes} bytes`)));
  stream.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) resolve(Buffer.concat(chunks));
  });
  return await promise;
}
