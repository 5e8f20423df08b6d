import { describe, expect, it, vi } from "vitest";
import { createHostExec } from "../src/create-host-exec.ts";
import { startGateway } from "./stand-in-gateway.ts";
import { err, exit, fail, out, start, startOpen } from "./streamed-run.ts";

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
