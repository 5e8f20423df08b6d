import { once } from "node:events";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { describe, expect, it } from "vitest";
import { MemoryStream } from "../memory/memory-stream.ts";
import { createLineStream } from "./line-stream.ts";
import { createNonce, proofOf } from "./proof.ts";
import { proveAsClient } from "./prove-as-client.ts";
import { proveAsServer } from "./prove-as-server.ts";

const secret = "s".repeat(43);
const hello = (nonce = createNonce()): string => `bowsprit-proof/1 ${nonce}\n`;

interface Pair extends AsyncDisposable {
  readonly client: Duplex;
  readonly server: Duplex;
}

function openPair(): Pair {
  const [client, server] = MemoryStream.pair();
  for (const end of [client, server]) end.on("error", () => {});
  const dispose = async (): Promise<void> => {
    for (const end of [client, server]) end.destroy();
  };
  return { client, server, [Symbol.asyncDispose]: dispose };
}

async function readToEnd(stream: Duplex): Promise<string> {
  return Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>)).toString("latin1");
}

/** What the listening end makes of bytes; it must have destroyed the stream. */
async function refusalOf(bytes: string, { end = false, timeoutMs = 5000 } = {}): Promise<ErrorCode> {
  await using pair = openPair();
  const proven = proveAsServer(pair.server, { secret, timeoutMs });
  pair.client.write(bytes, "latin1");
  if (end) pair.client.end();
  const error: unknown = await proven.catch((reason: unknown) => reason);
  expect(pair.server.destroyed).toBe(true);
  expect(await readToEnd(pair.client).catch(() => "")).not.toContain("ready");
  if (BowspritError.is(error)) return error.code;
  throw new Error(`no refusal of ${bytes}`);
}

/** What a client sends after the server proved itself, made from both nonces. */
async function answerTo(pair: Pair, make: (nonces: { clientNonce: string; serverNonce: string }) => string) {
  const lines = createLineStream(pair.client, "test");
  const clientNonce = createNonce();
  pair.client.write(hello(clientNonce));
  const [serverNonce = ""] = (await lines.next()).split(" ");
  pair.client.write(make({ clientNonce, serverNonce }));
}

describe("whoever dials", () => {
  it("gets the stream for the purpose it names when both know the secret, and no byte is lost at the switch", async () => {
    for (const purpose of ["http", "messages", undefined]) {
      await using pair = openPair();
      const proven = proveAsClient(pair.client, { secret, ...(purpose !== undefined && { purpose }) });
      expect(await proveAsServer(pair.server, { secret })).toBe(purpose ?? "stream");
      await proven;
      pair.client.end("from the client");
      pair.server.end("from the server");
      expect(await readToEnd(pair.server)).toBe("from the client");
      expect(await readToEnd(pair.client)).toBe("from the server");
    }
  });

  it("may send what it wants to say together with its proof", async () => {
    await using pair = openPair();
    const proven = proveAsServer(pair.server, { secret });
    const early = "GET / HTTP/1.1\r\n\r\n".repeat(10_000);
    await answerTo(pair, (nonces) => `http ${proofOf("client http", { secret, ...nonces })}\n${early}`);
    expect(await proven).toBe("http");
    pair.client.end();
    expect(await readToEnd(pair.server)).toBe(early);
  });

  it("may send byte by byte", async () => {
    await using pair = openPair();
    const proven = proveAsServer(pair.server, { secret });
    await answerTo(pair, (nonces) => {
      const line = `http ${proofOf("client http", { secret, ...nonces })}\n`;
      for (const byte of line.slice(0, -1)) pair.client.write(byte);
      return "\n";
    });
    expect(await proven).toBe("http");
  });

  it.each([
    ["a proof by another secret", { proved: "http", asked: "http", key: "another secret" }],
    ["a proof of another purpose", { proved: "http", asked: "messages", key: secret }],
    ["the server's own proof", { proved: "server", asked: "http", key: secret }],
  ])("is cut off for %s", async (_, { proved, asked, key }) => {
    await using pair = openPair();
    const proven = proveAsServer(pair.server, { secret });
    const role = proved === "server" ? "server" : (`client ${proved}` as const);
    await Promise.all([
      expect(proven).rejects.toMatchObject({ code: ErrorCode.EndpointForbidden }),
      answerTo(pair, (nonces) => `${asked} ${proofOf(role, { secret: key, ...nonces })}\n`),
    ]);
    expect(pair.server.destroyed).toBe(true);
  });

  it.each([
    ["garbage", "\0\u0001garbage\n", ErrorCode.EndpointForbidden],
    ["HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", ErrorCode.EndpointForbidden],
    ["another version", `bowsprit-proof/2 ${createNonce()}\n`, ErrorCode.EndpointForbidden],
    ["no nonce", "bowsprit-proof/1\n", ErrorCode.EndpointForbidden],
    ["a short nonce", "bowsprit-proof/1 abc\n", ErrorCode.EndpointForbidden],
    ["the beginning twice", hello().repeat(2), ErrorCode.EndpointForbidden],
    ["no proof", `${hello()}http\n`, ErrorCode.EndpointForbidden],
    ["a purpose that is no word", `${hello()}../x ${createNonce()}\n`, ErrorCode.EndpointForbidden],
    ["a line without an end", "x".repeat(257), ErrorCode.MessageTooLarge],
    ["a long line", `${"x".repeat(1_000_000)}\n`, ErrorCode.MessageTooLarge],
  ])("is cut off for %s", async (_, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(code);
  });

  it("is cut off when it says nothing in time, or goes away", async () => {
    expect(await refusalOf("", { timeoutMs: 50 })).toBe(ErrorCode.DeadlineExceeded);
    expect(await refusalOf(hello(), { timeoutMs: 50 })).toBe(ErrorCode.DeadlineExceeded);
    expect(await refusalOf("", { end: true })).toBe(ErrorCode.ConnectionLost);
  });
});

describe("an impostor who listens", () => {
  it.each([
    ["with a proof by another secret", (nonce: string, mac: string) => `${nonce} ${mac}\n`],
    ["without a proof", (nonce: string) => `${nonce}\n`],
    ["without a nonce", () => "ready\n"],
    ["that sends the client's nonce back", (_nonce: string, mac: string, theirs: string) => `${theirs} ${mac}\n`],
  ])("%s is left without learning anything", async (_, answer) => {
    await using pair = openPair();
    const proven = proveAsClient(pair.client, { secret, purpose: "http" });
    proven.catch(() => {});
    const lines = createLineStream(pair.server, "test");
    const [, clientNonce = ""] = (await lines.next()).split(" ");
    const serverNonce = createNonce();
    const mac = proofOf("server", { secret: "not the secret", clientNonce, serverNonce });
    pair.server.write(answer(serverNonce, mac, clientNonce));
    await expect(proven).rejects.toMatchObject({ code: ErrorCode.EndpointForbidden });
    expect(pair.client.destroyed).toBe(true);
    await expect(lines.next()).rejects.toMatchObject({ code: ErrorCode.ConnectionLost });
  });

  it("that is silent is left after the time of the call, or at its signal", async () => {
    await using pair = openPair();
    await expect(proveAsClient(pair.client, { secret, timeoutMs: 30 })).rejects.toMatchObject({
      code: ErrorCode.DeadlineExceeded,
    });
    await using other = openPair();
    const controller = new AbortController();
    const proven = proveAsClient(other.client, { secret, signal: controller.signal });
    await once(other.server, "readable");
    controller.abort();
    await expect(proven).rejects.toMatchObject({ code: ErrorCode.Aborted });
  });

  it("is never dialled for a purpose that is no word", async () => {
    await using pair = openPair();
    await expect(proveAsClient(pair.client, { secret, purpose: "two words" })).rejects.toMatchObject({
      code: ErrorCode.InvalidArgument,
    });
  });
});
