import { describe, expect, it } from "vitest";
import { createHostExec } from "../src/create-host-exec.ts";
import type { Exec, ExecOptions } from "../src/exec.ts";
import { type Answer, answerWith, startGateway, type StandInGateway } from "./stand-in-gateway.ts";

interface Page {
  readonly exec: Exec;
  readonly gateway: StandInGateway;
}

async function open(answer: Answer): Promise<Page> {
  const gateway = await startGateway(answer);
  return { gateway, exec: createHostExec({ base: gateway.base, fetch, WebSocket, reportError: () => {} }) };
}

const result = { cmd: "tool a", killed: false, signal: null, code: 0, stdout: "1\n2\n", stderr: "note" };
const json = (value: unknown, status = 200): Answer => answerWith(status, "application/json", JSON.stringify(value));

async function rejection(answer: Answer): Promise<unknown> {
  const { exec } = await open(answer);
  return exec("tool", ["a"]).then(
    () => expect.fail("resolved"),
    (reason: unknown) => reason,
  );
}

describe("a program that is asked for", () => {
  it.each<readonly [string, readonly unknown[] | undefined, ExecOptions | undefined, unknown]>([
    ["arguments as they are", ['"a b"', "", "-x"], undefined, { args: ['"a b"', "", "-x"] }],
    ["arguments as texts", [1, true, null], undefined, { args: ["1", "true", "null"] }],
    ["no arguments where none are given", undefined, undefined, { args: [] }],
    ["a folder", [], { cwd: "/tmp" }, { args: [], cwd: "/tmp" }],
    ["an environment without its gaps", [], { env: { A: "1", B: undefined } }, { args: [], env: { A: "1" } }],
    ["no option where none is given", [], {}, { args: [] }],
  ])("is sent with %s", async (...[, args, options, sent]) => {
    const { exec, gateway } = await open(json(result));
    await exec("tool", args as readonly string[], options);
    const [request] = gateway.received;
    expect(request).toMatchObject({
      method: "POST",
      url: "/.bowsprit/exec/host",
      headers: { "content-type": "application/json", "bowsprit-request": "1" },
    });
    expect(JSON.parse(String(request?.body))).toEqual({ cmd: "tool", ...(sent as object) });
  });
});

describe("a program that ended with 0", () => {
  it("resolves with its result and the methods of one", async () => {
    const { exec } = await open(json(result));
    const ended = await exec("tool", ["a"]);
    expect(ended).toMatchObject(result);
    expect(ended.lines()).toEqual(["1", "2"]);
    expect(ended.parseJsonLines()).toEqual([1, 2]);
    expect(() => ended.parseJsonObject()).toThrow(expect.objectContaining({ code: "MESSAGE_MALFORMED" }));
  });
});

describe("a program that failed", () => {
  it.each([
    ["another code than 0", { ...result, code: 3 }],
    ["a signal", { ...result, code: null, signal: "SIGKILL", killed: true }],
    ["a signal and a code", { ...result, signal: "SIGTERM" }],
  ])("by %s is an error that is the result, too", async (_name, raw) => {
    const error = await rejection(json(raw));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ ...raw, message: "Command failed: tool a\nnote" });
    const { lines, parseJsonLines, parseJsonObject } = error as Awaited<ReturnType<Exec>>;
    expect(lines()).toEqual(["1", "2"]);
    expect(parseJsonLines()).toEqual([1, 2]);
    expect(parseJsonObject).toBeTypeOf("function");
  });
});

describe("a program that did not run", () => {
  const hostError = { code: "EXECUTABLE_NOT_FOUND", message: "run tool: no such file", hint: "Add it.", details: {} };

  it("for want of the program is ENOENT, as it is to whoever knows Node", async () => {
    const error = await rejection(json({ error: hostError }, 404));
    expect(error).toBeInstanceOf(Error);
    const message = "spawn tool ENOENT: run tool: no such file";
    expect(error).toMatchObject({
      code: "ENOENT",
      message,
      stdout: "",
      stderr: message,
      hint: "Add it.",
      cmd: "tool a",
    });
    expect((error as Awaited<ReturnType<Exec>>).lines()).toEqual([]);
  });

  it("for another reason has the code of that reason", async () => {
    const error = await rejection(json({ error: { ...hostError, code: "DIGEST_MISMATCH", message: "why" } }, 500));
    expect(error).toMatchObject({ code: "DIGEST_MISMATCH", message: "why", stderr: "why", stdout: "" });
  });

  it("because the session is over is forbidden", async () => {
    const error = await rejection(answerWith(401, "text/plain", "session"));
    expect(error).toMatchObject({ code: "ENDPOINT_FORBIDDEN", stderr: expect.stringContaining("401, session") });
  });

  it("because nobody answers says so", async () => {
    const error = await rejection((response) => response.socket?.destroy());
    expect(error).toMatchObject({ code: "ENDPOINT_UNREACHABLE", stderr: expect.stringContaining("cannot be reached") });
  });
});

it.each(["", "[]", "{}", '{"code":0,"stdout":"","stderr":1}', '{"code":"0","stdout":"","stderr":""}'])(
  "does not take the answer %j for a result",
  async (body) => {
    expect(await rejection(answerWith(200, "application/json", body))).toMatchObject({ code: "MESSAGE_MALFORMED" });
  },
);
