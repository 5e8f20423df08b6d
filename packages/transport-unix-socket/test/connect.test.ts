import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, symlinkSync } from "node:fs";
import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { createUnixSocketTransport } from "../src/index.ts";
import { leaveStale, listenRaw } from "./listen-raw.ts";
import { useScratch } from "./scratch.ts";

const scratch = useScratch();
const isLinux = process.platform === "linux";
const isRoot = process.getuid?.() === 0;
const here = createUnixSocketTransport();
const elsewhere = createUnixSocketTransport({ platform: "darwin" });

for (const [system, transport] of [
  ["this system", here],
  ["a system without /proc", elsewhere],
] as const) {
  it(`dials a socket and carries bytes both ways, each way ending on its own, on ${system}`, async () => {
    const path = `${scratch.folder}/a.sock`;
    const server = await listenRaw(scratch, path, (stream) => void text(stream).then((all) => stream.end(`${all}!`)));
    const stream = await transport.connect({ scheme: "unix", path });
    stream.end("hello");
    expect(await text(stream)).toBe("hello!");
    expect(server).toHaveLength(1);
  });

  it(`X12: refuses a link to a socket, and not a byte reaches what it points at, on ${system}`, async () => {
    const accepted = await listenRaw(scratch, `${scratch.folder}/target.sock`);
    await symlink("target.sock", `${scratch.folder}/a.sock`);
    await expect(transport.connect({ scheme: "unix", path: `${scratch.folder}/a.sock` })).rejects.toMatchObject({
      code: "ENDPOINT_FORBIDDEN",
      message: `dial unix://${scratch.folder}/a.sock: a link where only a socket may be`,
    });
    (await transport.connect({ scheme: "unix", path: `${scratch.folder}/target.sock` })).destroy();
    await expect.poll(() => accepted.length).toBe(1);
  });

  it(`X11: refuses a file and a folder, on ${system}`, async () => {
    await writeFile(`${scratch.folder}/file`, "");
    await mkdir(`${scratch.folder}/folder`);
    for (const name of ["file", "folder"]) {
      await expect(transport.connect({ scheme: "unix", path: `${scratch.folder}/${name}` })).rejects.toMatchObject({
        code: "ENDPOINT_INVALID",
        message: expect.stringContaining("not a socket"),
      });
    }
  });

  it(`says that nobody listens where there is no file, no folder, or a dead listener's socket, on ${system}`, async () => {
    await writeFile(`${scratch.folder}/file`, "");
    await leaveStale(`${scratch.folder}/dead.sock`);
    for (const name of ["none", "none/a.sock", "file/a.sock", "dead.sock"]) {
      await expect(transport.connect({ scheme: "unix", path: `${scratch.folder}/${name}` })).rejects.toMatchObject({
        code: "ENDPOINT_UNREACHABLE",
        message: expect.stringMatching(/^dial unix:\/\/\/.+: \S/u),
      });
    }
  });

  it(`refuses the socket of another user unless the address allows it (needs root), on ${system}`, async ({ skip }) => {
    skip(!isRoot, "needs root, to give a socket to another user");
    const path = `${scratch.folder}/a.sock`;
    await listenRaw(scratch, path);
    await chown(path, 12_345, 12_345);
    await expect(transport.connect({ scheme: "unix", path })).rejects.toMatchObject({
      code: "ENDPOINT_FORBIDDEN",
      details: { uid: 12_345, owner: 0 },
    });
    for (const owner of [12_345, "any"] as const) (await transport.connect({ scheme: "unix", path, owner })).destroy();
  });
}

it("X14: says that permission is denied where the socket is not for this user (needs root)", async ({ skip }) => {
  skip(!isRoot, "needs root, to become another user");
  const path = `${scratch.folder}/a.sock`;
  const accepted = await listenRaw(scratch, path);
  await Promise.all([chmod(scratch.folder, 0o755), chmod(path, 0o755)]);
  const child = spawn(process.execPath, [join(import.meta.dirname, "dial-as.ts"), path, "65534"], { stdio: "pipe" });
  expect(await text(child.stdout)).toBe(`ENDPOINT_FORBIDDEN dial unix://${path}: permission denied\n`);
  (await here.connect({ scheme: "unix", path })).destroy();
  await expect.poll(() => accepted.length).toBe(1);
});

it("refuses an address that asks for another owner than the socket has", async () => {
  const path = `${scratch.folder}/a.sock`;
  const accepted = await listenRaw(scratch, path);
  await expect(here.connect({ scheme: "unix", path, owner: 54_321 })).rejects.toMatchObject({
    code: "ENDPOINT_FORBIDDEN",
  });
  (await here.connect({ scheme: "unix", path })).destroy();
  await expect.poll(() => accepted.length).toBe(1);
});

it("reaches the socket it checked, not the one its name means a moment later", async ({ skip }) => {
  skip(!isLinux, "needs /proc, as on Linux");
  const path = `${scratch.folder}/a.sock`;
  const good = await listenRaw(scratch, path);
  const evil = await listenRaw(scratch, `${scratch.folder}/evil.sock`);
  const address = {
    scheme: "unix",
    path,
    // Asked for when the file was looked at and before it is dialled.
    get owner() {
      renameSync(path, `${scratch.folder}/kept.sock`);
      symlinkSync("evil.sock", path);
      return "any" as const;
    },
  } as const;
  (await here.connect(address)).destroy();
  await expect.poll(() => good.length).toBe(1);
  (await here.connect({ scheme: "unix", path: `${scratch.folder}/evil.sock` })).destroy();
  await expect.poll(() => evil.length).toBe(1);
});

it("goes on writing when the other side has ended", async () => {
  const received = Promise.withResolvers<string>();
  await listenRaw(scratch, `${scratch.folder}/a.sock`, (stream) => {
    stream.end("bye");
    received.resolve(text(stream));
  });
  const stream = await here.connect({ scheme: "unix", path: `${scratch.folder}/a.sock` });
  expect(await text(stream)).toBe("bye");
  stream.end("one more thing");
  expect(await received.promise).toBe("one more thing");
});

it.each([
  ["a relative path", { scheme: "unix", path: "a.sock" }],
  ["a path that ends in a slash", { scheme: "unix", path: "/tmp/" }],
  ["a path with a zero", { scheme: "unix", path: "/tmp/a\0b" }],
  ["a pipe", { scheme: "npipe", name: "a" }],
] as const)("refuses %s as an address", async (_, address) => {
  await expect(here.connect(address)).rejects.toMatchObject({ code: "ENDPOINT_INVALID" });
});

it("refuses a path that is too long where the system has a limit", async () => {
  const path = `/${"x".repeat(103)}`;
  expect(elsewhere.traits.maxAddressBytes).toBe(103);
  await expect(elsewhere.connect({ scheme: "unix", path })).rejects.toMatchObject({ code: "ENDPOINT_INVALID" });
  await expect(elsewhere.connect({ scheme: "unix", path: path.slice(0, -1) })).rejects.toMatchObject({
    code: "ENDPOINT_UNREACHABLE",
  });
});

it("dials nothing for a signal that has fired", async () => {
  const path = `${scratch.folder}/a.sock`;
  const accepted = await listenRaw(scratch, path);
  const reason = new Error("changed my mind");
  await expect(here.connect({ scheme: "unix", path }, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
    code: "ABORTED",
    cause: reason,
  });
  (await here.connect({ scheme: "unix", path })).destroy();
  await expect.poll(() => accepted.length).toBe(1);
});

it("waits for a listener that is busy, until it accepts, the deadline passes or the signal fires", async () => {
  const path = `${scratch.folder}/a.sock`;
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("busy-listener.ts", import.meta.url), { workerData: { path, gate } });
  scratch.onEnd(() => worker.terminate());
  await once(worker, "message");
  const queued = await Promise.all([0, 1].map(() => here.connect({ scheme: "unix", path })));
  await expect(here.connect({ scheme: "unix", path }, { timeoutMs: 60 })).rejects.toMatchObject({
    code: "DEADLINE_EXCEEDED",
  });
  const controller = new AbortController();
  const aborted = here.connect({ scheme: "unix", path }, { signal: controller.signal });
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
  const waiting = here.connect({ scheme: "unix", path });
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  for (const stream of [...queued, await waiting]) stream.destroy();
});

it("has frozen traits, and names sockets by scope and service", () => {
  const transport = createUnixSocketTransport({ folder: "/home/x/sockets" });
  expect(Object.isFrozen(transport.traits)).toBe(true);
  expect(transport.address("my-ext", "backend.sock")).toEqual({
    scheme: "unix",
    path: "/home/x/sockets/my-ext/guest/backend.sock",
  });
  for (const name of ["", ".", "..", "a/b", "a\\b", "a\nb", "x".repeat(256)]) {
    expect(() => transport.address("my-ext", name)).toThrow(expect.objectContaining({ code: "ENDPOINT_INVALID" }));
    expect(() => transport.address(name, "backend.sock")).toThrow(
      expect.objectContaining({ code: "ENDPOINT_INVALID" }),
    );
  }
  expect(() => here.address("a", "b")).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
});

it("says on Windows that a named pipe is the way", async () => {
  const windows = createUnixSocketTransport({ platform: "win32" });
  await expect(windows.connect({ scheme: "unix", path: "/x" })).rejects.toMatchObject({ code: "UNSUPPORTED" });
});
