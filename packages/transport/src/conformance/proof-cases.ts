import assert from "node:assert/strict";
import type { Duplex } from "node:stream";
import { ErrorCode } from "@bowsprit/core";
import { proveAsClient } from "../proof/prove-as-client.ts";
import { proveAsServer } from "../proof/prove-as-server.ts";
import type { Bench } from "./bench.ts";
import { expectCode } from "./expect-code.ts";
import { hear } from "./hear.ts";
import { readAll } from "./read-all.ts";
import { type Verification, verifies } from "./verifies.ts";

const secret = "k".repeat(43);
const hello = `bowsprit-proof/1 ${"n".repeat(43)}\n`;

/** Two ends that must know each other. */
export const proofCases: readonly Verification[] = [
  verifies("proof.admits-who-knows", async (bench) => {
    const { near, far } = await join(bench);
    const [purpose] = await Promise.all([
      proveAsServer(far, { secret }),
      proveAsClient(near, { secret, purpose: "http" }),
    ]);
    assert.equal(purpose, "http");
    near.write("from the client");
    far.write("from the server");
    assert.equal(await hear(far, "from the client".length), "from the client");
    assert.equal(await hear(near, "from the server".length), "from the server");
  }),
  verifies("proof.server-proves-first", async (bench) => {
    const { near, far } = await join(bench);
    const heard: string[] = [];
    far.on("data", (chunk: Buffer) => heard.push(chunk.toString("latin1")));
    far.once("data", () => void far.write(`${"m".repeat(43)} ${"m".repeat(43)}\n`));
    await expectCode(proveAsClient(near, { secret }), ErrorCode.EndpointForbidden);
    assert.ok(near.destroyed);
    assert.match(heard.join(""), /^bowsprit-proof\/1 [\w-]{43}\n$/u);
  }),
  verifies("proof.refuses-strangers", async (bench) => {
    const old = `stream ${"o".repeat(43)}\n`;
    for (const said of ["GET / HTTP/1.1\r\n\r\n", `${hello}${old}`, "\n", "x".repeat(10_000), hello.repeat(3)]) {
      const { near, far } = await join(bench);
      const proven = proveAsServer(far, { secret });
      near.write(said, "latin1");
      await assert.rejects(proven);
      assert.ok(far.destroyed);
      assert.doesNotMatch((await readAll(near).catch(() => Buffer.alloc(0))).toString(), /ready/u);
    }
    const { near, far } = await join(bench);
    const wrong = proveAsClient(near, { secret: "another" });
    await Promise.all([expectCode(wrong, ErrorCode.EndpointForbidden), assert.rejects(proveAsServer(far, { secret }))]);
    const mute = await join(bench);
    await expectCode(proveAsServer(mute.far, { secret, timeoutMs: 50 }), ErrorCode.DeadlineExceeded);
  }),
];

/** Both ends of one stream. */
async function join(bench: Bench): Promise<{ readonly near: Duplex; readonly far: Duplex }> {
  const accepted = Promise.withResolvers<Duplex>();
  const { address } = await bench.listen(bench.listening.freshAddress(), accepted.resolve);
  const near = await bench.dial(address);
  return { near, far: await accepted.promise };
}
