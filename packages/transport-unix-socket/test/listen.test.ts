import { chmod, chown, lstat, mkdir, readdir, rename, symlink, unlink, writeFile } from "node:fs/promises";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { createUnixSocketTransport } from "../src/index.ts";
import { leaveStale } from "./listen-raw.ts";
import { useScratch } from "./scratch.ts";

const scratch = useScratch();
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";
const here = createUnixSocketTransport();
const elsewhere = createUnixSocketTransport({ platform: "darwin" });
const ignore = (stream: Duplex) => void stream.on("error", () => {});
const upcase = (stream: Duplex) => void text(stream).then((all) => stream.end(all.toUpperCase()));
const at = (name: string) => ({ scheme: "unix", path: `${scratch.folder}/${name}` }) as const;

async function ask(path: string): Promise<string> {
  return await text((await here.connect({ scheme: "unix", path })).end("hello"));
}

for (const [system, transport] of [
  ["this system", here],
  ["a system without /proc", elsewhere],
] as const) {
  it(`listens, hands over each stream, and takes its file with it, on ${system}`, async () => {
    const listener = await transport.listen(at("a.sock"), upcase);
    expect(listener.address).toEqual(at("a.sock"));
    expect(await Promise.all([ask(at("a.sock").path), ask(at("a.sock").path)])).toEqual(["HELLO", "HELLO"]);
    expect(await readdir(scratch.folder)).toEqual(["a.sock"]);
    await Promise.all([listener.close(), listener.close()]);
    await listener[Symbol.asyncDispose]();
    expect(await readdir(scratch.folder)).toEqual([]);
  });

  it(`makes the file for us alone, also under a careless umask, on ${system}`, async () => {
    const before = process.umask(0);
    scratch.onEnd(() => process.umask(before));
    await using listener = await transport.listen(at("new/deep/a.sock"), ignore);
    expect(listener.address).toEqual(at("new/deep/a.sock"));
    expect((await lstat(at("new/deep/a.sock").path)).mode & 0o777).toBe(0o600);
    expect((await lstat(at("new/deep").path)).mode & 0o777).toBe(0o700);
  });

  it(`never displaces a live listener, on ${system}`, async () => {
    await using first = await transport.listen(at("a.sock"), upcase);
    await expect(transport.listen(at("a.sock"), ignore)).rejects.toMatchObject({
      code: "ENDPOINT_IN_USE",
      message: `listen on unix://${at("a.sock").path}: somebody listens there already`,
    });
    expect(await ask(at("a.sock").path)).toBe("HELLO");
    expect(await readdir(scratch.folder)).toEqual(["a.sock"]);
    await first.close();
  });

  it(`takes the name of a dead listener, on ${system}`, async () => {
    await leaveStale(at("a.sock").path);
    await using listener = await transport.listen(at("a.sock"), upcase);
    expect(await ask(at("a.sock").path)).toBe("HELLO");
    expect(await readdir(scratch.folder)).toEqual(["a.sock"]);
    await listener.close();
  });

  it(`never removes what is not a socket, on ${system}`, async () => {
    await writeFile(at("file").path, "precious");
    await mkdir(at("folder").path);
    await leaveStale(at("stale").path);
    await symlink("stale", at("link").path);
    for (const [name, code] of [
      ["file", "ENDPOINT_INVALID"],
      ["folder", "ENDPOINT_INVALID"],
      ["link", "ENDPOINT_FORBIDDEN"],
    ] as const) {
      await expect(transport.listen(at(name), ignore)).rejects.toMatchObject({ code });
    }
    expect((await readdir(scratch.folder)).toSorted()).toEqual(["file", "folder", "link", "stale"]);
  });

  it(`removes only its own file when it closes, on ${system}`, async () => {
    const listener = await transport.listen(at("a.sock"), ignore);
    await unlink(at("a.sock").path);
    await writeFile(at("a.sock").path, "somebody else's");
    await listener.close();
    expect(await readdir(scratch.folder)).toEqual(["a.sock"]);
  });

  it(`X14: refuses a folder that is a link, no folder, or open to others, on ${system}`, async () => {
    await mkdir(at("real").path);
    await symlink("real", at("link").path);
    await writeFile(at("file").path, "");
    await mkdir(at("shared").path);
    await chmod(at("shared").path, 0o720);
    for (const [name, code] of [
      ["link", "ENDPOINT_FORBIDDEN"],
      ["file", "ENDPOINT_INVALID"],
      ["shared", "ENDPOINT_FORBIDDEN"],
    ] as const) {
      await expect(transport.listen(at(`${name}/a.sock`), ignore)).rejects.toMatchObject({ code });
    }
    expect(await readdir(at("real").path)).toEqual([]);
    expect(await readdir(at("shared").path)).toEqual([]);
  });

  it(`refuses another user's folder and another user's dead socket (needs root), on ${system}`, async ({ skip }) => {
    skip(!isRoot, "needs root, to give files to another user");
    await mkdir(at("theirs").path);
    await chown(at("theirs").path, 12_345, 12_345);
    await expect(transport.listen(at("theirs/a.sock"), ignore)).rejects.toMatchObject({ code: "ENDPOINT_FORBIDDEN" });
    await leaveStale(at("b.sock").path);
    await chown(at("b.sock").path, 12_345, 12_345);
    await expect(transport.listen(at("b.sock"), ignore)).rejects.toMatchObject({ code: "ENDPOINT_FORBIDDEN" });
    expect((await readdir(scratch.folder)).toSorted()).toEqual(["b.sock", "theirs"]);
  });
}

it("listens on, dials and removes a path of any length", async ({ skip }) => {
  skip(!isLinux, "needs /proc, as on Linux");
  const folder = `${scratch.folder}/${"long".repeat(30)}/${"longer".repeat(20)}`;
  const address = { scheme: "unix", path: `${folder}/backend.sock` } as const;
  expect(address.path.length).toBeGreaterThan(250);
  const listener = await here.listen(address, upcase);
  expect(await ask(address.path)).toBe("HELLO");
  await leaveStale(`${scratch.folder}/stale`);
  await listener.close();
  expect(await readdir(folder)).toEqual([]);
  await rename(`${scratch.folder}/stale`, address.path);
  await using again = await here.listen(address, upcase);
  expect(await ask(address.path)).toBe("HELLO");
  await again.close();
});

it("refuses to listen on a path that is too long where the system has a limit", async () => {
  await expect(elsewhere.listen(at("x".repeat(100)), ignore)).rejects.toMatchObject({ code: "ENDPOINT_INVALID" });
  expect(await readdir(scratch.folder)).toEqual([]);
});

it("closes the streams that are still open, on both sides", async () => {
  const accepted = Promise.withResolvers<Duplex>();
  const listener = await here.listen(at("a.sock"), accepted.resolve);
  const near = await here.connect(at("a.sock"));
  const far = await accepted.promise;
  near.resume();
  await listener.close();
  expect(far.destroyed).toBe(true);
  await expect.poll(() => near.readableEnded || near.destroyed).toBe(true);
  near.destroy();
  await expect(here.connect(at("a.sock"))).rejects.toMatchObject({ code: "ENDPOINT_UNREACHABLE" });
});

it("does not listen for a signal that has fired", async () => {
  await expect(here.listen(at("a.sock"), ignore, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "ABORTED",
  });
  expect(await readdir(scratch.folder)).toEqual([]);
});

it("lets exactly one of many that start at once have a dead listener's name", async () => {
  await leaveStale(at("a.sock").path);
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => here.listen(at("a.sock"), upcase)));
  const winners = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  for (const winner of winners) scratch.onEnd(() => winner.close());
  expect(winners).toHaveLength(1);
  expect(await ask(at("a.sock").path)).toBe("HELLO");
  const losers = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  expect(losers).toEqual(Array.from({ length: 7 }, () => expect.objectContaining({ code: "ENDPOINT_IN_USE" })));
  expect(await readdir(scratch.folder)).toEqual(["a.sock"]);
});
