import type { Duplex } from "node:stream";
import { afterEach, expect } from "vitest";
import { createServiceClient, type ServiceClient, type ServiceClientOptions } from "../src/index.ts";
import { createMemoryTransport, type MemoryTransport } from "./memory-transport.ts";

/** Told all that a connection received so far, each time more comes. */
export type Answer = (stream: Duplex, received: string, connection: number) => void;

export const ok: string = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
export const get: { readonly method: string; readonly path: string } = { method: "GET", path: "/" };

let cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.map((cleanUp) => cleanUp()));
  cleanUps = [];
});

/** A client of a backend that answers as it is told; it is closed after the test, with all its connections. */
export function connectTo(
  answer: Answer,
  options: Partial<ServiceClientOptions> = {},
): { client: ServiceClient; memory: MemoryTransport } {
  const memory = createMemoryTransport((stream) => {
    const connection = memory.dialled();
    let received = "";
    stream.on("data", (chunk: Buffer) => answer(stream, (received += chunk.toString("latin1")), connection));
  });
  const client = createServiceClient({
    dialer: memory.dialer,
    address: { scheme: "unix", path: "/memory" },
    ...options,
  });
  cleanUps.push(async () => {
    await client[Symbol.asyncDispose]();
    expect(memory.open()).toBe(0);
  });
  return { client, memory };
}

/** Answers once the head of a request has come. */
export function onHead(text: string | ((stream: Duplex, head: string, connection: number) => void)): Answer {
  return (stream, received, connection) => {
    if (!received.endsWith("\r\n\r\n")) return;
    if (typeof text === "string") stream.write(text, "latin1");
    else text(stream, received, connection);
  };
}
