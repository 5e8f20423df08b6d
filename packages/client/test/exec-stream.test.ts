import { describe, expect, it, vi } from "vitest";
import { createHostExec } from "../src/create-host-exec.ts";
import type { ExecHandle, ExecStreamOptions } from "../src/exec.ts";
import type { Peer } from "./peer.ts";
import { startGateway, type StandInGateway } from "./stand-in-gateway.ts";

interface Run {
  readonly handle: ExecHandle;
  /** Each callback as it came: its name, and what it was given. */
  readonly calls: readonly (readonly [string, unknown])[];
  readonly reported: readonly unknown[];
  /** Resolves once `onClose` was called, or `onError` with an error. */
  readonly ended: Promise<void>;
  readonly peer: Peer;
  readonly gateway: StandInGateway;
}

async function start(stream: ExecStreamOptions = {}): Promise<Run> {
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

async function startOpen(stream?: ExecStreamOptions): Promise<Run> {
  const run = await start(stream);
  run.peer.accept();
  expect(JSON.parse(await run.peer.nextText())).toEqual({ cmd: "tool", args: ["a", "b c"], cwd: "/tmp" });
  return run;
}

const fail = (error: unknown): never => expect.fail(String(error));
const out = (text: string | Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(1), Buffer.from(text)]);
const err = (text: string | Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(2), Buffer.from(text)]);
const exit = (code: number | null, signal: string | null = null): string =>
  JSON.stringify({ type: "exit", code, signal });

describe("a streamed exec", () => {
  it("answers at once with a plain object that is no promise, and asks over the socket", async () => {
    const { handle, peer } = await start();
    expect(Object.keys(handle)).toEqual(["close"]);
    expect(handle).not.toHaveProperty("then");
    expect(peer.url).toBe("/.bowsprit/exec/host");
  });

  it("hands on the pieces of both outputs as they come, and then the code, once", async () => {
    const { peer, calls, ended } = await startOpen();
    for (const frame of [out("a\nb"), err("warning"), out("c")]) peer.sendBytes(frame);
    peer.sendText(exit(3));
    peer.sendText(exit(4));
    await ended;
    await peer.gone;
    expect(calls).toEqual([
      ["output", { stdout: "a\nb" }],
      ["output", { stderr: "warning" }],
      ["output", { stdout: "c" }],
      ["close", 3],
    ]);
  });

  it("puts characters together that were cut, of each output by itself", async () => {
    const { peer, calls, ended } = await startOpen();
    const bytes = Buffer.from("ä😀");
    for (const byte of bytes) for (const frame of [out, err]) peer.sendBytes(frame(Uint8Array.of(byte)));
    peer.sendText(exit(0));
    await ended;
    const text = (name: "stdout" | "stderr"): string =>
      calls.map(([, piece]) => (piece as Record<string, string>)[name] ?? "").join("");
    expect([text("stdout"), text("stderr")]).toEqual(["ä😀", "ä😀"]);
    expect(calls).toHaveLength(5);
  });

  it("with splitOutputLines calls once per line of either output, and hands on the last part of one before the code", async () => {
    const { peer, calls, ended } = await startOpen({ splitOutputLines: true });
    for (const frame of [out("a\r"), err("x"), out("\n\nb"), err("y\nz"), out("c\nrest")]) peer.sendBytes(frame);
    peer.sendText(exit(0));
    await ended;
    expect(calls).toEqual([
      ["output", { stdout: "a" }],
      ["output", { stdout: "" }],
      ["output", { stderr: "xy" }],
      ["output", { stdout: "bc" }],
      ["output", { stdout: "rest" }],
      ["output", { stderr: "z" }],
      ["close", 0],
    ]);
  });

  it("ignores frames that say nothing it knows", async () => {
    const { peer, calls, ended } = await startOpen();
    for (const frame of [new Uint8Array(), Uint8Array.of(9, 97), Uint8Array.of(1)]) peer.sendBytes(frame);
    peer.sendText(exit(0));
    await ended;
    expect(calls).toEqual([["close", 0]]);
  });

  it("tells of a signal first, and then of the code a shell would say", async () => {
    const { peer, calls, ended } = await startOpen();
    peer.sendText(exit(null, "SIGTERM"));
    await ended;
    expect(calls).toEqual([
      ["error", "SIGTERM"],
      ["close", 143],
    ]);
  });

  it("works without callbacks", async () => {
    const gateway = await startGateway();
    createHostExec({ base: gateway.base, fetch, WebSocket, reportError: fail })("tool", [], { stream: {} });
    const peer = await gateway.nextPeer();
    peer.accept();
    await peer.nextText();
    peer.sendBytes(out("a"));
    peer.sendText(exit(null, "SIGTERM"));
    await peer.gone;
  });
});

describe("a streamed exec that fails", () => {
  const error = { code: "EXECUTABLE_NOT_FOUND", message: "run tool: no such file", hint: null, details: {} };

  it("because nothing ran calls onError alone", async () => {
    const { peer, calls, ended } = await startOpen();
    peer.sendText(JSON.stringify({ type: "error", error }));
    await ended;
    await peer.gone;
    const message = "spawn tool ENOENT: run tool: no such file";
    expect(calls).toEqual([["error", expect.objectContaining({ code: "ENOENT", message, stderr: message })]]);
  });

  it.each(["", "{}", "[]", '{"type":"exit","code":"0","signal":null}', '{"type":"error","error":{}}'])(
    "by an end that reads %j is malformed",
    async (text) => {
      const { peer, calls, ended } = await startOpen();
      peer.sendText(text);
      await ended;
      expect(calls).toEqual([["error", expect.objectContaining({ code: "MESSAGE_MALFORMED" })]]);
    },
  );

  it.each(["close", "destroy"] as const)(
    "by the connection (%s) hands on what came, and calls onError alone",
    async (way) => {
      const { peer, calls, ended } = await startOpen({ splitOutputLines: true });
      peer.sendBytes(out("a\nhalf"));
      await vi.waitFor(() => expect(calls).toHaveLength(1));
      peer[way]();
      await ended;
      expect(calls).toEqual([
        ["output", { stdout: "a" }],
        ["output", { stdout: "half" }],
        [
          "error",
          expect.objectContaining({ code: "CONNECTION_LOST", message: expect.stringContaining("run tool a b c") }),
        ],
      ]);
    },
  );

  it.each([403, 503])("by an answer of %i to the upgrade says that the host is out of reach", async (status) => {
    const { peer, calls, ended } = await start();
    peer.refuse(status);
    await ended;
    expect(calls).toEqual([["error", expect.objectContaining({ code: "ENDPOINT_UNREACHABLE" })]]);
  });
});

describe("close", () => {
  it("before the socket is open keeps the request from being sent", async () => {
    const { handle, peer, calls, gateway } = await start();
    handle.close();
    peer.accept();
    // Whatever was sent before this came before it.
    await fetch(gateway.base);
    expect(peer.texts).toEqual([]);
    expect(calls).toEqual([]);
  });

  it("in the same breath as the call keeps the request from being sent, too", async () => {
    const gateway = await startGateway();
    const exec = createHostExec({ base: gateway.base, fetch, WebSocket, reportError: fail });
    const onError = vi.fn();
    exec("tool", [], { stream: { onError } }).close();
    const peer = await Promise.race([gateway.nextPeer(), fetch(gateway.base).then(() => undefined)]);
    peer?.accept();
    await fetch(gateway.base);
    expect(peer?.texts ?? []).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
  });

  it("of a program under way closes the socket, and nothing more is called", async () => {
    const { handle, peer, calls } = await startOpen({ splitOutputLines: true });
    peer.sendBytes(out("a\nhalf"));
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    handle.close();
    handle.close();
    peer.sendBytes(out("late\n"));
    await peer.gone;
    expect(calls).toEqual([["output", { stdout: "a" }]]);
  });

  it("inside a callback holds for the other lines of the same frame", async () => {
    const seen: unknown[] = [];
    const run = await startOpen({
      splitOutputLines: true,
      onOutput(piece) {
        seen.push(piece);
        run.handle.close();
      },
    });
    run.peer.sendBytes(out("a\nb\nc\n"));
    await run.peer.gone;
    expect(seen).toEqual([{ stdout: "a" }]);
  });
});

// What a browser's socket does by itself cannot be provoked from the other end.
describe("a socket in a browser", () => {
  class ScriptedSocket extends EventTarget {
    readonly sent: string[] = [];
    send(text: string): void {
      this.sent.push(text);
    }
    close(): void {}
  }

  function startScripted(stream: ExecStreamOptions): { readonly socket: ScriptedSocket; readonly handle: ExecHandle } {
    const socket = new ScriptedSocket();
    const WebSocket = function () {
      return socket;
    } as unknown as new () => WebSocket;
    const exec = createHostExec({ base: "http://page", fetch, WebSocket, reportError: fail });
    return { socket, handle: exec("tool", [], { stream }) };
  }

  it("that the page's policy forbids is out of reach, and says so once", () => {
    const onError = vi.fn();
    const { socket } = startScripted({ onError, onClose: fail });
    socket.dispatchEvent(new Event("error"));
    expect(onError).toHaveBeenCalledOnce();
    socket.dispatchEvent(new Event("close"));
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ code: "ENDPOINT_UNREACHABLE" })]]);
  });

  it("that opens while it is being closed is not given the request", () => {
    const { socket, handle } = startScripted({});
    handle.close();
    socket.dispatchEvent(new Event("open"));
    expect(socket.sent).toEqual([]);
  });

  it("that brings output and the end while it is being closed has only the code handed on", () => {
    const calls: unknown[] = [];
    const push = (call: unknown): void => void calls.push(call);
    const { socket, handle } = startScripted({ onOutput: push, onError: push, onClose: push });
    socket.dispatchEvent(new Event("open"));
    handle.close();
    socket.dispatchEvent(new MessageEvent("message", { data: new Uint8Array(out("late")).buffer }));
    socket.dispatchEvent(new MessageEvent("message", { data: exit(null, "SIGTERM") }));
    socket.dispatchEvent(new Event("close"));
    expect(calls).toEqual([143]);
  });
});

describe("a callback that throws", () => {
  it("is reported, and disturbs neither the other lines nor the end", async () => {
    const thrown = new Error("of the page");
    const throwing = (): never => {
      throw thrown;
    };
    const run = await startOpen({ splitOutputLines: true, onOutput: throwing, onError: throwing, onClose: throwing });
    run.peer.sendBytes(out("a\nb\n"));
    run.peer.sendText(exit(null, "SIGKILL"));
    await run.ended;
    await run.peer.gone;
    expect(run.calls.map(([name]) => name)).toEqual(["output", "output", "error", "close"]);
    expect(run.reported).toEqual([thrown, thrown, thrown, thrown]);
  });
});
