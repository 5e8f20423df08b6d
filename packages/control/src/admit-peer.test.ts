import { once } from "node:events";
import { type BowspritError, ErrorCode } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { openSocketPair, readToEnd } from "../test/socket-pair.ts";
import { admitPeer } from "./admit-peer.ts";
import { createFrameStream } from "./frame-stream.ts";
import { encodeFrame, maxFrameBytes } from "./frames.ts";
import { greetDaemon } from "./greet-daemon.ts";
import { createNonce, proofOf } from "./proof.ts";

const secret = "s".repeat(43);
const hello = (nonce: string = createNonce()): Buffer => encodeFrame("hello", { nonce, protocol: 1 });

/** What the daemon's side makes of raw bytes; it must have destroyed the stream. */
async function refusalOf(bytes: Uint8Array, { end = false, timeoutMs = 5000 } = {}): Promise<ErrorCode> {
  await using pair = await openSocketPair();
  const admitted = admitPeer(pair.server, { secret, timeoutMs });
  pair.client.write(bytes);
  if (end) pair.client.end();
  const code = await admitted.then(
    () => expect.fail("it was admitted"),
    (error: BowspritError) => error.code,
  );
  expect(pair.server.destroyed).toBe(true);
  expect(await readToEnd(pair.client)).not.toContain("ready");
  return code;
}

describe("a peer at the daemon's door", () => {
  it("is admitted for what it asks for when both know the secret, and no byte is lost at the switch", async () => {
    for (const purpose of ["http", "messages"] as const) {
      await using pair = await openSocketPair();
      const greeted = greetDaemon(pair.client, { secret, purpose });
      expect(await admitPeer(pair.server, { secret })).toBe(purpose);
      await greeted;
      pair.client.end("from the client");
      pair.server.end("from the daemon");
      expect(await readToEnd(pair.server.resume())).toBe("from the client");
      expect(await readToEnd(pair.client.resume())).toBe("from the daemon");
    }
  });

  it("may send what it wants to say together with its proof", async () => {
    await using pair = await openSocketPair();
    const admitted = admitPeer(pair.server, { secret });
    const frames = createFrameStream(pair.client);
    const clientNonce = createNonce();
    pair.client.write(hello(clientNonce));
    const { data } = await frames.next();
    const { nonce: serverNonce } = data as { readonly nonce: string };
    const mac = proofOf("client http", { secret, clientNonce, serverNonce });
    const early = "GET / HTTP/1.1\r\n\r\n".repeat(100);
    pair.client.end(Buffer.concat([encodeFrame("proof", { mac, purpose: "http" }), Buffer.from(early)]));
    expect(await admitted).toBe("http");
    expect(await readToEnd(pair.server.resume())).toBe(early);
  });

  it("may send byte by byte", async () => {
    await using pair = await openSocketPair();
    const admitted = admitPeer(pair.server, { secret });
    const write = pair.client.write.bind(pair.client);
    pair.client.setNoDelay();
    pair.client.write = (chunk: Buffer) => [...chunk].every((byte) => write(Buffer.of(byte)));
    await greetDaemon(pair.client, { secret, purpose: "http" });
    expect(await admitted).toBe("http");
  });

  it("is destroyed for a proof that is wrong, or right for another purpose", async () => {
    for (const [purpose, asked, key] of [
      ["http", "http", "another secret"],
      ["http", "messages", secret],
    ] as const) {
      await using pair = await openSocketPair();
      const admitted = admitPeer(pair.server, { secret });
      const clientNonce = createNonce();
      pair.client.write(hello(clientNonce));
      const { data } = await createFrameStream(pair.client).next();
      const { nonce: serverNonce } = data as { readonly nonce: string };
      const mac = proofOf(`client ${purpose}`, { secret: key, clientNonce, serverNonce });
      pair.client.write(encodeFrame("proof", { mac, purpose: asked }));
      await expect(admitted).rejects.toMatchObject({ code: ErrorCode.EndpointForbidden });
      expect(pair.server.destroyed).toBe(true);
    }
  });

  it("is destroyed when it hands the daemon's own proof back to it", async () => {
    await using pair = await openSocketPair();
    const admitted = admitPeer(pair.server, { secret });
    pair.client.write(hello());
    const { data } = await createFrameStream(pair.client).next();
    pair.client.write(encodeFrame("proof", { ...(data as object), purpose: "http" }));
    await expect(admitted).rejects.toMatchObject({ code: ErrorCode.EndpointForbidden });
  });

  it("is destroyed for anything but the messages of the greeting", async () => {
    const wrongs: readonly (readonly [string, Buffer, ErrorCode])[] = [
      ["garbage", Buffer.from("\0\u0001garbage\f"), ErrorCode.MessageMalformed],
      ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0x7d, 0x0c]), ErrorCode.MessageMalformed],
      ["HTTP", Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n\f"), ErrorCode.MessageMalformed],
      ["an array", Buffer.from("[1]\f"), ErrorCode.MessageMalformed],
      ["no nonce", encodeFrame("hello", { protocol: 1 }), ErrorCode.EndpointForbidden],
      ["another protocol", encodeFrame("hello", { nonce: createNonce(), protocol: 2 }), ErrorCode.EndpointForbidden],
      ["a call", encodeFrame("call", { id: 1, verb: "stop" }), ErrorCode.EndpointForbidden],
      ["a call after hello", Buffer.concat([hello(), encodeFrame("call", { id: 1 })]), ErrorCode.EndpointForbidden],
      ["hello twice", Buffer.concat([hello(), hello()]), ErrorCode.EndpointForbidden],
      ["nothing as proof", Buffer.concat([hello(), encodeFrame("proof", null)]), ErrorCode.EndpointForbidden],
      ["a long frame", Buffer.alloc(maxFrameBytes + 1, "x"), ErrorCode.MessageTooLarge],
      ["a much longer one", Buffer.alloc(8 * maxFrameBytes, "x"), ErrorCode.MessageTooLarge],
    ];
    for (const [name, bytes, code] of wrongs) expect(await refusalOf(bytes), name).toBe(code);
  });

  it("is destroyed when it says nothing in time, or goes away", async () => {
    expect(await refusalOf(Buffer.alloc(0), { timeoutMs: 50 })).toBe(ErrorCode.DeadlineExceeded);
    expect(await refusalOf(hello(), { timeoutMs: 50 })).toBe(ErrorCode.DeadlineExceeded);
    expect(await refusalOf(Buffer.alloc(0), { end: true })).toBe(ErrorCode.ConnectionLost);
  });
});

describe("an impostor in the daemon's place", () => {
  const impostures: Readonly<Record<string, unknown>> = {
    "with a proof of another secret": undefined,
    "without a proof": { nonce: createNonce() },
    "without a nonce": { mac: "x" },
  };
  for (const [name, data] of Object.entries(impostures)) {
    it(`${name} is left without learning anything`, async () => {
      await using pair = await openSocketPair();
      const greeted = greetDaemon(pair.client, { secret, purpose: "messages" });
      const frames = createFrameStream(pair.server);
      const { nonce } = (await frames.next()).data as { readonly nonce: string };
      const input = { secret: "not the secret", clientNonce: nonce, serverNonce: createNonce() };
      frames.send("proof", data ?? { nonce: input.serverNonce, mac: proofOf("server", input) });
      await expect(greeted).rejects.toMatchObject({ code: ErrorCode.EndpointForbidden });
      expect(pair.client.destroyed).toBe(true);
      await expect(frames.next()).rejects.toMatchObject({ code: ErrorCode.ConnectionLost });
    });
  }

  it("that is silent is left after the time of the call, or at its signal", async () => {
    await using pair = await openSocketPair();
    const call = { secret, purpose: "http" } as const;
    await expect(greetDaemon(pair.client, { ...call, timeoutMs: 30 })).rejects.toMatchObject({
      code: ErrorCode.DeadlineExceeded,
    });
    await using other = await openSocketPair();
    const controller = new AbortController();
    const greeted = greetDaemon(other.client, { ...call, signal: controller.signal });
    await once(other.server, "readable");
    controller.abort();
    await expect(greeted).rejects.toMatchObject({ code: ErrorCode.Aborted });
  });
});
