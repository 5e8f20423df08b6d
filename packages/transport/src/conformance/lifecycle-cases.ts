import assert from "node:assert/strict";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Address } from "../address.ts";
import { expectCode } from "./expect-code.ts";
import { hear } from "./hear.ts";
import { readAll } from "./read-all.ts";
import { type Verification, verifies } from "./verifies.ts";

const echo = (stream: Duplex): void => void stream.pipe(stream);

/** Listening, dialling, and closing. */
export const lifecycleCases: readonly Verification[] = [
  verifies("listen.reports-bound-endpoint", async (bench) => {
    const listener = await bench.listen(bench.listening.freshAddress(), echo);
    const stream = await bench.dial(listener.address);
    assert.equal(await echoed(stream, "ahoy"), "ahoy");
  }),
  verifies("listen.in-use-fails", async (bench) => {
    const { address } = await bench.listen(bench.listening.freshAddress());
    await expectCode(bench.listen(address), ErrorCode.EndpointInUse);
  }),
  verifies("listen.never-steals-live-endpoint", async (bench) => {
    const first: Duplex[] = [];
    const { address } = await bench.listen(bench.listening.freshAddress(), (stream) => {
      first.push(stream);
      echo(stream);
    });
    const before = await bench.dial(address);
    for (let attempt = 0; attempt < 3; attempt += 1) await expectCode(bench.listen(address), ErrorCode.EndpointInUse);
    assert.equal(await echoed(before, "before"), "before");
    assert.equal(await echoed(await bench.dial(address), "after"), "after");
    // Others' attempts may have dialled, to see whether somebody is there; no stream of ours went elsewhere.
    assert.ok(first.length >= 2);
  }),
  verifies("listen.reclaims-stale-endpoint", async (bench) => {
    const address = bench.listening.freshAddress();
    assert.ok(bench.listening.leaveStale, "the subject must say how a dead listener's leavings come about");
    await bench.listening.leaveStale(address);
    await expectCode(bench.dial(address), ErrorCode.EndpointUnreachable);
    await bench.listen(address, echo);
    assert.equal(await echoed(await bench.dial(address), "ahoy"), "ahoy");
  }),
  verifies("listen.close-drains-within-grace", async (bench) => {
    const { address, close } = await bench.listen(bench.listening.freshAddress(), echo);
    const [quick, idle] = [await bench.dial(address), await bench.dial(address)];
    assert.equal(await echoed(idle, "idle"), "idle");
    const closed = close({ graceMs: 300 });
    await assert.rejects(bench.dial(address, { timeoutMs: 100 }), isRefusal);
    assert.equal(await echoed(quick, "still served"), "still served");
    const over = readAll(idle).catch(() => undefined);
    quick.destroy();
    await closed;
    await over;
  }),
  verifies("listen.close-removes-endpoint", async (bench) => {
    const { address, close } = await bench.listen(bench.listening.freshAddress(), echo);
    await close();
    await expectCode(bench.dial(address), ErrorCode.EndpointUnreachable);
    assert.deepEqual((await bench.subject.leftovers?.()) ?? [], []);
    await bench.listen(address, echo);
    assert.equal(await echoed(await bench.dial(address), "anew"), "anew");
  }),
  verifies("connect.unreachable-fails", async (bench) => {
    await expectCode(bench.dial(bench.nowhere()), ErrorCode.EndpointUnreachable);
  }),
  verifies("connect.appears-later", async (bench) => {
    const address = bench.listening.freshAddress();
    await expectCode(bench.dial(address), ErrorCode.EndpointUnreachable);
    await bench.listen(address, echo);
    assert.equal(await echoed(await bench.dial(address), "there"), "there");
  }),
  verifies("connect.forbidden-fails", async (bench) => {
    const { address } = await bench.listen(bench.listening.freshAddress());
    assert.ok(bench.listening.ownedByAnother, "the subject must say how an address asks for another owner");
    await expectCode(bench.dial(bench.listening.ownedByAnother(address)), ErrorCode.EndpointForbidden);
    await bench.dial(address);
  }),
  verifies("connect.foreign-address-fails", async (bench) => {
    for (const address of foreignTo(bench.dialer.scheme))
      await expectCode(bench.dial(address), ErrorCode.EndpointInvalid);
  }),
  verifies("connect.too-long-fails", async (bench) => {
    const longest = bench.listening.longestAddress?.();
    assert.ok(longest, "the subject must give its longest address");
    const tooLong = lengthened(longest);
    await expectCode(bench.dial(tooLong), ErrorCode.EndpointInvalid);
    await expectCode(bench.listen(tooLong), ErrorCode.EndpointInvalid);
    await bench.listen(longest, echo);
    assert.equal(await echoed(await bench.dial(longest), "fits"), "fits");
  }),
  verifies("close.idempotent", async (bench) => {
    const { address, close } = await bench.listen(bench.listening.freshAddress());
    await Promise.all([close(), close()]);
    await close();
    // The address is somebody else's by now: closing once more must not touch that.
    await bench.listen(address, echo);
    await close();
    assert.equal(await echoed(await bench.dial(address), "untouched"), "untouched");
  }),
  verifies("close.settles-closed-once", async (bench) => {
    const accepted = Promise.withResolvers<Duplex>();
    const { address } = await bench.listen(bench.listening.freshAddress(), accepted.resolve);
    const near = await bench.dial(address);
    const far = await accepted.promise;
    const counts = [near, far].map((stream) => {
      const count = { closed: 0 };
      stream.on("close", () => (count.closed += 1)).resume();
      return count;
    });
    near.destroy();
    near.destroy();
    await readAll(far).catch(() => undefined);
    far.destroy();
    await bench[Symbol.asyncDispose]();
    assert.deepEqual(counts, [{ closed: 1 }, { closed: 1 }]);
  }),
  verifies("dispose.equals-close", async (bench) => {
    const accepted = Promise.withResolvers<Duplex>();
    const listener = await bench.listen(bench.listening.freshAddress(), accepted.resolve);
    const near = await bench.dial(listener.address);
    const far = await accepted.promise;
    near.resume();
    await listener[Symbol.asyncDispose]();
    assert.ok(far.destroyed);
    await expectCode(bench.dial(listener.address), ErrorCode.EndpointUnreachable);
  }),
];

/** Nobody is there; or, where what streams are left looks like a listener that is busy, nobody answers. */
function isRefusal(error: unknown): boolean {
  return BowspritError.is(error, ErrorCode.EndpointUnreachable) || BowspritError.is(error, ErrorCode.DeadlineExceeded);
}

/** Says something to an echo, and gives what comes back. */
async function echoed(stream: Duplex, text: string): Promise<string> {
  stream.write(text);
  return await hear(stream, text.length);
}

function foreignTo(scheme: string): readonly Address[] {
  const all: readonly Address[] = [
    { scheme: "unix", path: "/nowhere/foreign.sock" },
    { scheme: "npipe", name: "foreign" },
    { scheme: "x-foreign", name: "foreign" },
  ];
  return all.filter((address) => address.scheme !== scheme);
}

function lengthened(address: Address): Address {
  return address.scheme === "unix"
    ? { ...address, path: `${address.path}x` }
    : { ...address, name: `${address.name}x` };
}
