import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { lstat, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { script, startBackend } from "./backend-process.ts";
import { send } from "./send.ts";
import { tcpSockets } from "./tcp-sockets.ts";

describe("the kernel's tables", () => {
  beforeEach(({ skip }) => skip(process.platform !== "linux", "needs /proc, as on Linux"));

  test("opens no TCP or UDP port, and the look-up would see one", async () => {
    await using backend = await startBackend();
    await send(backend.socketPath, "/bytes/100000");
    expect(await tcpSockets(backend.child.pid ?? 0)).toEqual([]);
    const witness = createServer().listen(0, "127.0.0.1");
    await once(witness, "listening");
    expect(await tcpSockets(process.pid)).not.toEqual([]);
    witness.close();
  });
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends it within a second, open connections or not, and leaves no socket",
  async (signal) => {
    await using backend = await startBackend();
    const idle = createConnection(backend.socketPath).on("error", () => undefined);
    await once(idle, "connect");
    const busy = createConnection(backend.socketPath).on("error", () => undefined);
    busy.write("GET /bytes/999999999999 HTTP/1.1\r\nHost: hello\r\n\r\n");
    await once(busy, "readable");
    const began = performance.now();
    backend.child.kill(signal);
    expect(await backend.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(1_000);
    await expect(lstat(backend.socketPath)).rejects.toMatchObject({ code: "ENOENT" });
    idle.destroy();
    busy.destroy();
  },
);

test("/crash is answered, then the process ends with 1", async () => {
  await using backend = await startBackend();
  expect((await send(backend.socketPath, "/crash")).status).toBe(202);
  expect(await backend.exited).toBe(1);
});

test("a socket that a killed run left behind is replaced", async () => {
  await using backend = await startBackend({
    before: async (socketPath) => {
      const code = `require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))`;
      spawnSync(process.execPath, ["-e", code, socketPath]);
      expect((await lstat(socketPath)).isSocket()).toBe(true);
    },
  });
  expect((await send(backend.socketPath, "/hello")).status).toBe(200);
});

test("a file in the socket's place is left alone, and the backend says so and ends with 1", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hello-"));
  const path = join(folder, "hello.sock");
  try {
    await writeFile(path, "mine");
    const { status, stderr } = spawnSync(process.execPath, [script], {
      env: { BOWSPRIT_SOCKET: path },
      encoding: "utf8",
      timeout: 3_000,
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining(`hello: listen on ${path}: `)]);
    expect(await readFile(path, "utf8")).toBe("mine");
  } finally {
    await rm(folder, { recursive: true });
  }
});
