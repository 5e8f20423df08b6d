import { describe, expect, it, vi } from "vitest";
import { createHostExec } from "../src/create-host-exec.ts";
import type { ExecHandle, ExecStreamOptions } from "../src/exec.ts";
import { startGateway } from "./stand-in-gateway.ts";
import { exit, fail, out, start, startOpen } from "./streamed-run.ts";

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

  it("of a program under way asks it to end: there is no more output, and the code is told", async () => {
    const { handle, peer, calls } = await startOpen({ splitOutputLines: true });
    peer.sendBytes(out("a\nhalf"));
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    handle.close();
    handle.close();
    expect(JSON.parse(await peer.nextText())).toEqual({ type: "stop" });
    peer.sendBytes(out("late\n"));
    peer.sendText(exit(3));
    await peer.gone;
    expect(calls).toEqual([
      ["output", { stdout: "a" }],
      ["close", 3],
    ]);
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
    expect(JSON.parse(await run.peer.nextText())).toEqual({ type: "stop" });
    run.peer.sendText(exit(0));
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
