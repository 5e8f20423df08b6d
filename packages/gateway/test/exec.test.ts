import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { useWorkplace } from "./workplace.ts";

const workplace = useWorkplace();
const path = "/.bowsprit/exec/host";

const plain = async (
  request: unknown,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> => {
  const { status, body } = await workplace.one.post(path, JSON.stringify(request));
  return { status, body: JSON.parse(Buffer.from(body, "latin1").toString("utf8")) };
};

interface Streamed {
  readonly stdout: string;
  readonly stderr: string;
  readonly last: Record<string, unknown>;
}

const open = (): WebSocket => {
  const { origin, host, cookie } = workplace.one;
  return new WebSocket(`ws://127.0.0.1:${workplace.gateway.port}${path}`, {
    headers: { host, cookie, origin },
    perMessageDeflate: false,
  });
};

const stream = async (request: unknown): Promise<Streamed> => {
  const socket = open();
  const outputs: Record<number, Buffer[]> = { 1: [], 2: [] };
  let last = {};
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) outputs[data[0] ?? 0]?.push(data.subarray(1));
    else last = JSON.parse(data.toString("utf8"));
  });
  await once(socket, "open");
  socket.send(JSON.stringify(request));
  const [code] = await once(socket, "close");
  expect(code).toBe(1000);
  const [stdout, stderr] = [1, 2].map((tag) => Buffer.concat(outputs[tag] ?? []).toString("latin1"));
  return { stdout: stdout ?? "", stderr: stderr ?? "", last };
};

test("a command runs to its end and answers with all it wrote, whatever its exit code", async () => {
  expect(await plain({ cmd: "tell", args: ["--both"] })).toEqual({
    status: 200,
    body: { cmd: "tell --both", killed: false, code: 0, signal: null, stdout: "out\n", stderr: "err\n" },
  });
  expect((await plain({ cmd: "tell.sh", args: ["--exit", "7"] })).body).toMatchObject({ code: 7, stdout: "" });
});

test("more output than one answer holds is an error that says to ask for a stream, and the process is ended", async () => {
  const { status, body } = await plain({ cmd: "tell", args: ["--flood", String(2 ** 40)] });
  expect({ status, body }).toMatchObject({
    status: 413,
    body: {
      error: {
        code: "MESSAGE_TOO_LARGE",
        message: expect.stringMatching(/^run tell: /u),
        hint: expect.stringContaining("stream"),
      },
    },
  });
});

test("quotes inside an argument are taken out, and no shell sees any of it", async () => {
  const args = ['"{{json .}}"', "source='a b'", "$(touch canary) `id` | > x", "it's", "", "ünïcode\nline"];
  const { body } = await plain({ cmd: "tell", args });
  const meant = ["{{json .}}", "source=a b", "$(touch canary) `id` | > x", "it's", "", "ünïcode\nline"];
  expect(body["stdout"]).toBe(meant.map((argument) => `[${argument}]\n`).join(""));
});

test("variables and the folder are the page's to say", async () => {
  const { body } = await plain({ cmd: "tell", args: ["--env"], cwd: workplace.folder, env: { GREETING: "ahoy" } });
  expect(body["stdout"]).toBe(`ahoy\n${workplace.folder}\n`);
});

test.each([
  [{ cmd: "nothing-of-that-name", args: [] }, 404, "EXECUTABLE_NOT_FOUND"],
  [{ cmd: "../../../../bin/sh", args: ["-c", "id"] }, 404, "EXECUTABLE_NOT_FOUND"],
  [{ cmd: "/bin/sh", args: ["-c", "id"] }, 404, "EXECUTABLE_NOT_FOUND"],
  [{ cmd: "", args: [] }, 400, "INVALID_ARGUMENT"],
  [{ cmd: "tell" }, 400, "INVALID_ARGUMENT"],
  [{ cmd: "tell", args: [1] }, 400, "INVALID_ARGUMENT"],
  [{ cmd: "tell", args: [], env: { A: 1 } }, 400, "INVALID_ARGUMENT"],
  [{ cmd: "tell", args: [], cwd: "relative" }, 400, "INVALID_ARGUMENT"],
])("%j runs nothing and says why", async (request, status, code) => {
  const answer = await plain(request);
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  expect((await stream(request)).last).toMatchObject({ type: "error", error: { code } });
});

test("a stream gives the two outputs as they come, byte for byte, and the exit code last", async () => {
  expect(await stream({ cmd: "tell", args: ["--both"] })).toEqual({
    stdout: "out\n",
    stderr: "err\n",
    last: { type: "exit", code: 0, signal: null },
  });
  expect((await stream({ cmd: "tell", args: ["--exit", "3"] })).last).toEqual({ type: "exit", code: 3, signal: null });
  const size = 5_000_000;
  expect((await stream({ cmd: "tell", args: ["--flood", `${size}`] })).stdout).toBe("\0".repeat(size));
});

test("a stream passes its arguments on as they are, but for one pair of quotes around a whole one", async () => {
  const { stdout } = await stream({ cmd: "tell", args: ['"{{json .}}"', 'source="a b"'] });
  expect(stdout).toBe('[{{json .}}]\n[source="a b"]\n');
});

test("closing a stream ends the process", async () => {
  const socket = open();
  await once(socket, "open");
  socket.send(JSON.stringify({ cmd: "tell", args: ["--wait"] }));
  const [data] = (await once(socket, "message")) as [Buffer];
  const [, pid] = /pid (\d+)/u.exec(data.toString("latin1")) ?? [];
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  socket.close();
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), 4000);
});

test("a message that is not JSON, or not text, is answered with an error", async () => {
  for (const message of ["{", Buffer.of(0, 1, 2), "[]", "null"]) {
    const socket = open();
    await once(socket, "open");
    socket.send(message);
    const [data] = (await once(socket, "message")) as [Buffer];
    expect(JSON.parse(data.toString("utf8"))).toMatchObject({ type: "error", error: { code: "INVALID_ARGUMENT" } });
    await once(socket, "close");
  }
});

test("a page that asks for the end of a process is told how it ended", async () => {
  const socket = open();
  await once(socket, "open");
  socket.send(JSON.stringify({ cmd: "tell", args: ["--wait"] }));
  const [data] = (await once(socket, "message")) as [Buffer];
  const [, pid] = /pid (\d+)/u.exec(data.toString("latin1")) ?? [];
  socket.send(JSON.stringify({ type: "stop" }));
  const [last] = (await once(socket, "message")) as [Buffer];
  expect(JSON.parse(last.toString("utf8"))).toEqual({ type: "exit", code: null, signal: "SIGTERM" });
  await once(socket, "close");
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});
