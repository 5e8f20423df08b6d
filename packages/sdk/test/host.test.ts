import { existsSync } from "node:fs";
import { readdir, readFile, writeFile, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BowspritError, type ConsentReport, createHost, type ExecProcess, type Host } from "../src/index.ts";
import { writeSmallExtension } from "./write-extension.ts";

let folder = "";
const hosts: Host[] = [];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-sdk-")));
});

afterEach(async () => {
  for (const host of hosts.splice(0)) await host[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function openHost(environment: Record<string, string> = {}): Host {
  const base = { PATH: process.env["PATH"] ?? "", DOCKER_HOST: `unix://${folder}/none.sock` };
  const host = createHost({ home: join(folder, "home"), environment: { ...base, ...environment } });
  hosts.push(host);
  return host;
}

async function installed(host: Host, name = "small"): Promise<string> {
  return (await host.install(await writeSmallExtension(folder, name), { consent: "granted" })).id;
}

async function ask(host: Host, id: string, path = "/"): Promise<string> {
  return (await host.request(id, { method: "GET", path })).text();
}

/**
 * What a request ends with once the death of a backend is complete: while the kernel still closes its sockets, a connection is taken
 * and lost. What ends so was sent, so the host does not repeat it; here it does no harm.
 */
async function afterDeath(host: Host, id: string, path = "/"): Promise<unknown> {
  for (;;) {
    const end: unknown = await ask(host, id, path).catch((error: unknown) => error);
    if (!BowspritError.is(end, "CONNECTION_LOST")) return end;
  }
}

async function versionFolder(host: Host, id: string): Promise<string> {
  const { folder: version } = await host.get(id);
  if (version === null) throw new Error(`${id} is broken`);
  return version;
}

async function output(child: ExecProcess): Promise<string> {
  return Buffer.concat(await Array.fromAsync(child.stdout)).toString();
}

describe("a host", () => {
  it("shows everything for consent before it writes anything, and takes no for an answer", async () => {
    const host = openHost();
    let seen: ConsentReport | undefined;
    const consent = async (report: ConsentReport): Promise<boolean> => {
      seen = report;
      return false;
    };
    const refused = host.install(await writeSmallExtension(folder, "small"), { consent });
    await expect(refused).rejects.toMatchObject({ code: "CONSENT_REQUIRED" });
    expect(seen).toMatchObject({ id: "small", engine: "local", executables: ["tool.sh"], page: null });
    expect(seen?.services).toEqual([{ name: "service", command: ["node", "backend.mjs"] }]);
    expect(await readdir(folder)).toEqual(["small"]);
  });

  it("runs two extensions with the same socket name beside each other", async () => {
    const host = openHost();
    const ids = [await installed(host, "one"), await installed(host, "two")];
    expect(await Promise.all(ids.map((id) => ask(host, id)))).toEqual(["one", "two"]);
    expect((await host.list()).map(({ id, state }) => [id, state])).toEqual([
      ["one", "running"],
      ["two", "running"],
    ]);
  });

  it("answers again once a killed backend is back, and never hangs", async () => {
    const host = openHost();
    const id = await installed(host);
    const pid = Number(await ask(host, id, "/pid"));
    process.kill(pid, "SIGKILL");
    expect(await afterDeath(host, id, "/pid")).toMatch(/^\d+$/u);
    expect(Number(await ask(host, id, "/pid"))).not.toBe(pid);
  });

  it("says CONNECTION_LOST for the request a backend died under, and nothing is sent twice", async () => {
    const host = openHost();
    const id = await installed(host);
    await expect(ask(host, id, "/die")).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(await afterDeath(host, id)).toBe("small");
  });

  it("gives up on a backend that only crashes, long before the wait is over", async () => {
    const host = openHost();
    const id = await installed(host);
    const version = await versionFolder(host, id);
    await writeFile(join(version, "root", "backend.mjs"), "console.log('last words'); process.exit(9);");
    await expect(ask(host, id, "/die")).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(await afterDeath(host, id)).toMatchObject({
      code: "BACKEND_UNAVAILABLE",
      message: expect.stringContaining("last words"),
    });
  });

  it("gives its executables an allow-listed environment and their own folder", async () => {
    const host = openHost({ NODE_OPTIONS: "--no-warnings", SECRET_TOKEN: "s3cret", LANG: "C.UTF-8" });
    const id = await installed(host);
    const printed = await output(await host.exec(id, ["tool"], { env: { EXTRA: "given" } }));
    expect(printed).toMatch(/^LANG=C\.UTF-8$/mu);
    expect(printed).toMatch(/^EXTRA=given$/mu);
    expect(printed).not.toMatch(/SECRET_TOKEN|NODE_OPTIONS/u);
    expect(printed.split("\n")[0]).toBe(join(await versionFolder(host, id), "host"));
  });

  it("refuses an executable that was changed after the install", async () => {
    const host = openHost();
    const id = await installed(host);
    const version = await versionFolder(host, id);
    await writeFile(join(version, "host", "tool.sh"), "#!/bin/sh\necho something else\n");
    await expect(host.exec(id, ["tool"])).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
  });

  it("keeps the home while a backend runs, and gives it back when it is disposed", async () => {
    const first = openHost();
    const id = await installed(first);
    const second = openHost();
    expect((await second.list()).map((extension) => extension.state)).toEqual(["running"]);
    await expect(second.remove(id, { timeoutMs: 100 })).rejects.toMatchObject({ code: "HOME_LOCKED" });
    await first[Symbol.asyncDispose]();
    expect(await ask(second, id)).toBe("small");
  });

  it("ends every process when it is disposed, and keeps what is installed", async () => {
    const host = openHost();
    const id = await installed(host);
    const pid = Number(await ask(host, id, "/pid"));
    await host[Symbol.asyncDispose]();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/u);
    expect((await openHost().list()).map((extension) => [extension.id, extension.state])).toEqual([[id, "stopped"]]);
  });

  it("runs what was agreed to, or nothing: a compose file that changes meanwhile refuses the install", async () => {
    const host = openHost();
    const source = await writeSmallExtension(folder, "small");
    const compose = (name: string): string =>
      `services:\n  a: { x-local: { command: [node, backend.mjs, ${name}] } }\n`;
    await writeFile(join(source, "metadata.json"), JSON.stringify({ vm: { composefile: "compose.yaml" } }));
    await writeFile(join(source, "compose.yaml"), compose("agreed"));
    const consent = async (): Promise<boolean> => {
      await writeFile(join(source, "compose.yaml"), compose("other"));
      return true;
    };
    await expect(host.install(source, { consent })).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
    expect(await host.list()).toEqual([]);
  });

  it("starts a backend again that has ended by itself", async () => {
    const host = openHost();
    const once = `import { createServer } from "node:http";
      createServer((request, response) => { response.end("last"); setImmediate(() => process.exit(0)); })
        .listen(process.env.BOWSPRIT_SOCKET);`;
    const { id } = await host.install(await writeSmallExtension(folder, "once", once), { consent: "granted" });
    expect(await ask(host, id)).toBe("last");
    await expect.poll(async () => (await host.get(id)).state).toBe("running");
    await expect.poll(async () => (await host.get(id)).services[0]?.state, { timeout: 10_000 }).toBe("completed");
    expect(await ask(host, id)).toBe("last");
  });

  it("removes and forgets under requests that come at the same time", async () => {
    const host = openHost();
    const id = await installed(host);
    const removing = host.remove(id);
    const asked = await Promise.allSettled([ask(host, id), ask(host, id)]);
    await removing;
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await readdir(join(folder, "home"))).toEqual([]);
    expect(await installed(host, "small-again")).toBe("small-again");
  });

  it("ends what was being installed when it is disposed, and gives the home back", async () => {
    const host = openHost();
    const installing = host.install(await writeSmallExtension(folder, "small"), { consent: "granted" });
    const settled = installing.then(
      () => "installed",
      () => "refused",
    );
    await host[Symbol.asyncDispose]();
    await settled;
    expect(existsSync(join(folder, "home", "home.lock"))).toBe(false);
    await expect(host.request("small", { method: "GET", path: "/" })).rejects.toThrow(/disposed|not installed/u);
  });

  it("keeps each caller's own limits while the home is held elsewhere", async () => {
    const first = openHost();
    const id = await installed(first);
    const second = openHost();
    const patient = ask(second, id);
    const hasty = second.request(id, { method: "GET", path: "/" }, { timeoutMs: 100 });
    await expect(hasty).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    await first[Symbol.asyncDispose]();
    expect(await patient).toBe("small");
  });

  it("runs a backend in a home whose path is too long for a socket", async ({ skip }) => {
    skip(process.platform !== "linux", "only Linux has a name for an open folder");
    const deep = join(folder, "d".repeat(150));
    const host = createHost({ home: deep, environment: { PATH: process.env["PATH"] } });
    hosts.push(host);
    const id = await installed(host);
    expect(await ask(host, id)).toBe("small");
    await host.remove(id);
  });

  it("installs nothing when told to stop", async () => {
    const host = openHost();
    const source = await writeSmallExtension(folder, "small");
    const stopped = host.install(source, { consent: "granted", signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "ABORTED" });
    expect(await host.list()).toEqual([]);
  });

  it("reads the logs of a backend that has ended", async () => {
    const host = openHost();
    const source = await writeSmallExtension(folder, "one-shot", "console.log('done'); process.exit(0);");
    await writeFile(
      join(source, "metadata.json"),
      JSON.stringify({ vm: { "x-local": { command: ["node", "backend.mjs"] } } }),
    );
    const { id } = await host.install(source, { consent: "granted" });
    await expect.poll(async () => (await host.get(id)).services).toEqual([{ name: "service", state: "completed" }]);
    const lines = await Array.fromAsync(host.logs(id));
    expect(lines.map(({ text }) => text)).toEqual(["done"]);
    expect(await readFile(join(await versionFolder(host, id), "install.json"), "utf8")).toContain('"one-shot"');
  });
});
