import { readFile, stat, symlink, unlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import {
  BowspritError,
  type ConsentReport,
  createHost,
  ErrorCode,
  type HostEvent,
  type InstallOptions,
} from "@bowsprit/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectHost, findDaemon, serveControl } from "../src/index.ts";
import { about, type Daemon, openDaemon } from "./daemon.ts";
import { writeExtension } from "./write-extension.ts";

// Each case starts programs, on a machine that may be busy with other suites.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("a host that is connected to a daemon", () => {
  let daemon: Daemon;
  beforeEach(async () => void (daemon = await openDaemon()));
  afterEach(() => daemon[Symbol.asyncDispose]());

  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => expect.fail("it did not fail"),
      (error: BowspritError) => error.toJSON(),
    );

  it("installs as a direct host does: the same steps, the same question, the same answer", async () => {
    const source = await writeExtension(daemon.folder, "one");
    const runs: unknown[] = [];
    for (const host of [daemon.direct, daemon.connected]) {
      const told: string[] = [];
      const asked: ConsentReport[] = [];
      const extension = await host.install(source, {
        onProgress: (step) => void told.push(step),
        consent: async (report) => {
          told.push("asked");
          asked.push(report);
          return true;
        },
      });
      runs.push({ told, asked, extension });
      expect(await host.list()).toEqual([extension]);
      await host.remove("one");
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  it("begins a relative path where the caller is, and names the source as it was asked", async () => {
    const source = relative(process.cwd(), await writeExtension(daemon.folder, "one"));
    expect(await daemon.connected.install(source, { consent: "granted" })).toMatchObject({ id: "one" });
    for (const wrong of [relative(process.cwd(), daemon.folder), "./missing", "missing", "vendor/missing:1", ""]) {
      const options: InstallOptions = { consent: "granted" };
      expect(await failure(daemon.connected.install(wrong, options)), wrong).toEqual(
        await failure(daemon.direct.install(wrong, options)),
      );
    }
  });

  it("installs nothing without consent, nor what is not what was agreed to", async () => {
    const source = await writeExtension(daemon.folder, "one");
    const no = { consent: async () => false };
    expect(await failure(daemon.connected.install(source, no))).toEqual(
      await failure(daemon.direct.install(source, no)),
    );
    const changed = daemon.connected.install(source, {
      async consent() {
        const metadata = JSON.parse(await readFile(join(source, "metadata.json"), "utf8"));
        metadata.vm["x-local"].command.push("--more");
        await writeFile(join(source, "metadata.json"), JSON.stringify(metadata));
        return true;
      },
    });
    await expect(changed).rejects.toMatchObject({ code: ErrorCode.ConsentRequired });
    await expect(
      daemon.connected.install(source, {
        consent: async () => {
          throw new BowspritError(ErrorCode.ConsentRequired, "nobody is there");
        },
      }),
    ).rejects.toMatchObject({ message: "nobody is there" });
    expect(await daemon.direct.list()).toEqual([]);
  });

  it("undoes an install that is called off, and says so when that is done", async () => {
    const source = await writeExtension(daemon.folder, "slow", "setInterval(() => {}, 1000)");
    const controller = new AbortController();
    const install = daemon.connected.install(source, {
      consent: "granted",
      signal: controller.signal,
      onProgress: (step) => step.startsWith("starting") && controller.abort(),
    });
    await expect(install).rejects.toMatchObject({ code: ErrorCode.Aborted });
    expect(await daemon.direct.list()).toEqual([]);
  });

  it("tells what a direct host tells of what is installed", async () => {
    await daemon.connected.install(await writeExtension(daemon.folder, "one"), { consent: "granted" });
    const { direct, connected } = daemon;
    expect(connected.home).toBe(direct.home);
    expect(await connected.get("one:1.0")).toEqual(await direct.get("one"));
    expect(await connected.page("one")).toEqual(await direct.page("one"));
    expect(await Array.fromAsync(connected.logs("one"))).toEqual(await Array.fromAsync(direct.logs("one")));
    for (const ask of ["get", "page", "start", "remove"] as const) {
      expect(await failure(connected[ask]("nobody")), ask).toEqual(await failure(direct[ask]("nobody")));
    }
    expect(await failure(Array.fromAsync(connected.logs("nobody")))).toEqual(
      await failure(Array.fromAsync(direct.logs("nobody"))),
    );
  });

  it("follows a log until its signal fires", async () => {
    await daemon.connected.install(await writeExtension(daemon.folder, "one"), { consent: "granted" });
    const controller = new AbortController();
    const texts: string[] = [];
    for await (const { text } of daemon.connected.logs("one", { follow: true, signal: controller.signal })) {
      texts.push(text);
      controller.abort();
    }
    expect(texts).toEqual(["listening"]);
  });

  it("sees what happens from the call on, until its signal fires or it is disposed", async () => {
    const controller = new AbortController();
    const events = daemon.connected.watch({ signal: controller.signal })[Symbol.asyncIterator]();
    const others = daemon.connected.watch()[Symbol.asyncIterator]();
    // An answer to a later question: the watch was begun before it.
    await daemon.connected.list();
    await daemon.connected.install(await writeExtension(daemon.folder, "one"), { consent: "granted" });
    const { value } = (await events.next()) as { readonly value: HostEvent };
    expect(value).toMatchObject({ type: "changed", extension: { id: "one" } });
    controller.abort();
    while ((await events.next()).done !== true) continue;
    const last = (async () => {
      while ((await others.next()).done !== true) continue;
    })();
    await daemon.connected[Symbol.asyncDispose]();
    await last;
  });

  it("starts backends in the daemon, where they go on when it is disposed", async () => {
    const { connected, direct } = daemon;
    await connected.install(await writeExtension(daemon.folder, "one"), { consent: "granted" });
    await connected.start("one");
    await using _held = await connected.hold();
    await connected[Symbol.asyncDispose]();
    expect(await direct.list()).toMatchObject([{ id: "one", state: "running" }]);
    await expect(connected.list()).rejects.toMatchObject({ code: ErrorCode.Aborted });
  });

  it("says that the daemon has gone, whatever was under way", async () => {
    const { connected, server } = daemon;
    await connected.install(await writeExtension(daemon.folder, "one"), { consent: "granted" });
    const events = connected.watch()[Symbol.asyncIterator]();
    const lines = connected.logs("one", { follow: true })[Symbol.asyncIterator]();
    await lines.next();
    const request = connected.request("one", { method: "GET", path: "/slow" });
    const endless = await connected.request("one", { method: "GET", path: "/endless" });
    const lost = {
      code: ErrorCode.ConnectionLost,
      message: expect.stringMatching(/: the daemon closed the connection$/u),
    };
    const failures = [events.next(), lines.next(), request, endless.bytes()].map((work) =>
      expect(work).rejects.toMatchObject(lost),
    );
    await server[Symbol.asyncDispose]();
    await Promise.all(failures);
    const gone = { code: expect.stringMatching(/^(?:CONNECTION_LOST|ENDPOINT_UNREACHABLE)$/u) };
    await expect(connected.list()).rejects.toMatchObject(gone);
    await expect(connected.start("one")).rejects.toMatchObject(gone);
    await expect(connected.request("one", { method: "GET", path: "/" })).rejects.toMatchObject(gone);
  });
});

describe("the record of a daemon", () => {
  it("is for its user alone, and gone with the daemon, as is the socket", async () => {
    const daemon = await openDaemon();
    const { home, server } = daemon;
    expect(await findDaemon(home)).toEqual(server.record);
    expect((await stat(join(home, "daemon.json"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, "daemon"))).mode & 0o777).toBe(0o700);
    await server[Symbol.asyncDispose]();
    await expect(stat(join(home, "daemon.json"))).rejects.toThrow("ENOENT");
    await expect(stat(join(home, "daemon"))).rejects.toThrow("ENOENT");
    expect(await connectHost({ home })).toBe(undefined);
    await daemon[Symbol.asyncDispose]();
  });

  it("that is damaged, or of a home that was copied, stands for no daemon", async () => {
    await using daemon = await openDaemon();
    const copy = createHost({ home: join(daemon.folder, "copy") });
    await using _lock = await copy.hold();
    const file = join(copy.home, "daemon.json");
    await writeFile(file, JSON.stringify(daemon.server.record));
    expect(await connectHost({ home: copy.home })).toBe(undefined);
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      '{"format":1}',
      JSON.stringify({ ...daemon.server.record, format: 2 }),
    ]) {
      await writeFile(file, text);
      expect(await connectHost({ home: copy.home }), text).toBe(undefined);
    }
    await copy[Symbol.asyncDispose]();
  });

  it("with the secret of another daemon is no way in, and an error that says what to do", async () => {
    await using daemon = await openDaemon();
    const file = join(daemon.home, "daemon.json");
    const real = await readFile(file, "utf8");
    await writeFile(file, JSON.stringify({ ...daemon.server.record, secret: "x".repeat(43) }));
    await expect(connectHost({ home: daemon.home })).rejects.toMatchObject({
      code: ErrorCode.EndpointForbidden,
      hint: expect.any(String),
    });
    await writeFile(file, real);
  });

  it("does not replace a live daemon's: the second of a home is refused", async () => {
    await using daemon = await openDaemon();
    const second = serveControl({ host: daemon.direct, version: "1", about, onStop: () => undefined });
    await expect(second).rejects.toMatchObject({ code: ErrorCode.EndpointInUse });
    expect(await findDaemon(daemon.home)).toEqual(daemon.server.record);
  });

  it("leads to no socket that is a link", async () => {
    await using daemon = await openDaemon();
    const copy = createHost({ home: join(daemon.folder, "copy") });
    await using _lock = await copy.hold();
    const own = await serveControl({ host: copy, version: "1", about, onStop: () => undefined });
    const socket = join(copy.home, "daemon", "control.sock");
    await unlink(socket);
    await symlink(join(daemon.home, "daemon", "control.sock"), socket);
    await writeFile(join(copy.home, "daemon.json"), JSON.stringify(daemon.server.record));
    await expect(connectHost({ home: copy.home })).rejects.toMatchObject({ code: ErrorCode.EndpointForbidden });
    await own[Symbol.asyncDispose]();
    await copy[Symbol.asyncDispose]();
  });
});
