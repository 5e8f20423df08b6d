import { expect } from "vitest";
import { createHostExec } from "../src/create-host-exec.ts";
import type { ExecHandle, ExecStreamOptions } from "../src/exec.ts";
import type { Peer } from "./peer.ts";
import { startGateway, type StandInGateway } from "./stand-in-gateway.ts";

/** A streamed exec under way, and the gateway's end of it. */
export interface Run {
  readonly handle: ExecHandle;
  /** Each callback as it came: its name, and what it was given. */
  readonly calls: readonly (readonly [string, unknown])[];
  readonly reported: readonly unknown[];
  /** Resolves once `onClose` was called, or `onError` with an error. */
  readonly ended: Promise<void>;
  readonly peer: Peer;
  readonly gateway: StandInGateway;
}

/** Asks for a program whose socket waits to be accepted. Every callback is noted before it is called. */
export async function start(stream: ExecStreamOptions = {}): Promise<Run> {
  const gateway = await startGateway();
  const calls: (readonly [string, unknown])[] = [];
  const reported: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const exec = createHostExec({ base: gateway.base, fetch, WebSocket, reportError: (error) => reported.push(error) });
  const handle = exec("tool", ["a", "b c"], {
    cwd: "/tmp",
    stream: {
      ...stream,
      onOutput(piece) {
        calls.push(["output", piece]);
        stream.onOutput?.(piece);
      },
      onError(error) {
        calls.push(["error", error]);
        if (typeof error !== "string") resolve();
        stream.onError?.(error);
      },
      onClose(code) {
        calls.push(["close", code]);
        resolve();
        stream.onClose?.(code);
      },
    },
  });
  return { handle, calls, reported, ended: promise, peer: await gateway.nextPeer(), gateway };
}

/** The same, with the socket open and the request taken. */
export async function startOpen(stream?: ExecStreamOptions): Promise<Run> {
  const run = await start(stream);
  run.peer.accept();
  expect(JSON.parse(await run.peer.nextText())).toEqual({ cmd: "tool", args: ["a", "b c"], cwd: "/tmp" });
  return run;
}

export const fail = (error: unknown): never => expect.fail(String(error));
export const out = (text: string | Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(1), Buffer.from(text)]);
export const err = (text: string | Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(2), Buffer.from(text)]);
export const exit = (code: number | null, signal: string | null = null): string =>
  JSON.stringify({ type: "exit", code, signal });
