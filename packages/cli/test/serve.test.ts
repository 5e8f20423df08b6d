import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeExtension } from "./fresh-extension.ts";
import type { Ended } from "./run-bowsprit.ts";
import { startDaemon } from "./running-daemon.ts";
import { filesBelow, processesUnder, useWorkplace } from "./workplace.ts";

const id = "fresh-extension";
const link = /^http:\/\/bowsprit\.localhost:(\d+)\/\?token=[\w-]+$/u;

describe("serve", () => {
  const workplace = useWorkplace();
  const text = ({ code, stdout, stderr }: Ended) => ({ code, stdout: stdout.toString(), stderr });
  const json = ({ stdout }: Ended): Record<string, unknown> => JSON.parse(stdout.toString());

  it("prints a link that signs a browser in, and another one once that was used", async () => {
    const daemon = await startDaemon(workplace.home);
    const lines = daemon.stdout.trim().split("\n");
    const url = lines.at(-1)?.replace("ready ", "") ?? "";
    expect(url).toMatch(link);
    const { status, headers } = await visit(url);
    expect({ status, cookie: String(headers["set-cookie"]) }).toMatchObject({
      status: 303,
      cookie: expect.stringContaining("HttpOnly"),
    });
    const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
    const dashboard = await visit(new URL("/", url).href, { cookie });
    expect(dashboard).toMatchObject({ status: 200, body: expect.stringContaining("dashboard.js") });
    const fresh = (await daemon.line(/^open in another browser: /u)).replace("open in another browser: ", "");
    expect(fresh).toMatch(link);
    expect(fresh).not.toBe(url);
    expect(text(await daemon.stop())).toMatchObject({ code: 0, stderr: "" });
  });

  it("speaks JSON, one object a line", async () => {
    const daemon = await startDaemon(workplace.home, ["--port", "0", "--json"]);
    const ready = JSON.parse(daemon.stdout);
    const port = Number(link.exec(ready.url)?.[1]);
    const origin = `http://bowsprit.localhost:${port}`;
    expect(ready).toEqual({ type: "ready", url: expect.stringMatching(link), origin, port, pid: daemon.child.pid });
    await visit(ready.url);
    expect(JSON.parse(await daemon.line(/"link"/u))).toEqual({ type: "link", url: expect.stringMatching(link) });
    await daemon.stop();
  });

  it("starts the backends of what is installed, and tells of one that does not start in one line", async () => {
    for (const name of ["good", "bad"]) {
      await workplace.run(["install", await writeExtension(workplace.folder, { name }), "-y"]);
    }
    const bad = json(await workplace.run(["inspect", "bad", "--json"]));
    await writeFile(join(String(bad["folder"]), "root", "server.mjs"), "process.exit(4)");
    const daemon = await startDaemon(workplace.home);
    const said = once(daemon.child.stderr ?? daemon.child, "data");
    const states = async (): Promise<unknown> => {
      const { stdout } = await workplace.run(["ls", "--json"]);
      return JSON.parse(stdout.toString()).map((extension: { id: string; state: string }) => extension.state);
    };
    while (String(await states()) !== "failed,running") continue;
    const [line] = (await said) as [Buffer];
    expect(line.toString()).toMatch(/^warning: reach the backend of bad: .*\n$/u);
    expect(text(await daemon.stop())).toMatchObject({ code: 0, stderr: line.toString() });
    expect(await states()).toEqual(["stopped", "stopped"]);
  });

  it("takes a name that means nothing where the caller stands for nothing, whatever it means where it was started", async () => {
    const place = join(workplace.folder, "place");
    await writeExtension(place, { name: "named" });
    const daemon = await startDaemon(workplace.home, ["--port", "0"], { cwd: place });
    for (const name of ["./named", "./logs", "./daemon"]) {
      const { code, stderr } = await workplace.run(["install", name, "-y"], { cwd: workplace.folder });
      expect({ code, stderr }, name).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: .*: no such /u) });
    }
    expect((await workplace.run(["install", "named", "-y"], { cwd: place })).code).toBe(0);
    await daemon.stop();
  });

  it("is one for a home: a second says how to reach or end the first", async () => {
    const daemon = await startDaemon(workplace.home);
    for (const args of [["serve"], ["serve", "--detach"]]) {
      const { code, stderr } = await workplace.run(args);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: serve .+: a daemon runs already, process \d+\nhint: .*--status.*--stop.*\n$/u);
    }
    await daemon.stop();
  });

  it("ends within two seconds of SIGINT or SIGTERM with 0, and leaves nothing", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const daemon = await startDaemon(workplace.home);
      await workplace.run(["install", await writeExtension(join(workplace.folder, signal)), "-y"]);
      const following = workplace.run(["logs", "-f", id]);
      const before = performance.now();
      daemon.child.kill(signal);
      expect((await daemon.ended).code).toBe(0);
      expect(performance.now() - before).toBeLessThan(2000);
      expect(await processesUnder(join(workplace.home, "extensions"))).toEqual([]);
      await following;
      expect((await workplace.run(["rm", id])).code).toBe(0);
      expect(await filesBelow(workplace.home)).toEqual([]);
    }
  });

  it("goes on in the background, says how it is, and ends when it is asked to", async () => {
    expect(text(await workplace.run(["serve", "--status"]))).toEqual({ code: 1, stdout: "not running\n", stderr: "" });
    expect(text(await workplace.run(["serve", "--stop"]))).toEqual({ code: 1, stdout: "not running\n", stderr: "" });
    const started = text(await workplace.run(["serve", "--detach"]));
    expect(started).toEqual({ code: 0, stdout: expect.stringMatching(/^ready http:\S+\n$/u), stderr: "" });
    const status = await workplace.run(["serve", "--status"]);
    expect(text(status)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/process \d+ since .+\n.+\nready http:\S+\n$/u),
    });
    const told = json(await workplace.run(["serve", "--status", "--json"]));
    expect(told).toMatchObject({ running: true, pid: expect.any(Number), url: expect.stringMatching(link) });
    expect((await visit(String(told["url"]))).status).toBe(303);
    expect(json(await workplace.run(["serve", "--stop", "--json"]))).toEqual({ stopped: true, pid: told["pid"] });
    expect(json(await workplace.run(["serve", "--stop", "--json"]))).toEqual({ stopped: false });
    expect(json(await workplace.run(["serve", "--status", "--json"]))).toEqual({ running: false });
    expect(await filesBelow(workplace.home)).toEqual(["gateway.json", "logs", "logs/daemon.log"]);
    // No link lies in a file, whether it was used or not.
    expect(await readFile(join(workplace.home, "logs/daemon.log"), "utf8")).toMatch(/^ready http:\/\/[^?]+\n$/u);
    const again = json(await workplace.run(["serve", "--detach", "--json"]));
    expect(again).toMatchObject({ type: "ready", port: told["port"] });
    await workplace.run(["serve", "--stop"]);
  });

  it("that cannot start says why, in the background, too", async () => {
    await using taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const port = String((taken.address() as { readonly port: number }).port);
    await workplace.run(["ls"]);
    for (const args of [["serve"], ["serve", "--detach"]]) {
      const { code, stderr } = await workplace.run([...args, "--port", port]);
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^error: .*port ${port}: already in use\\nhint: .*--port 0.*\\n$`, "u"));
    }
    expect((await workplace.run(["serve", "--status"])).code).toBe(1);
  });

  it("that was killed outright keeps neither a command nor the next daemon from working at once", async () => {
    const daemon = await startDaemon(workplace.home);
    await workplace.run(["install", await writeExtension(workplace.folder), "-y"]);
    daemon.child.kill("SIGKILL");
    await daemon.ended;
    const before = performance.now();
    expect((await workplace.run(["serve", "--status"])).code).toBe(1);
    expect((await workplace.run(["request", id, "GET", "/echo"])).code).toBe(0);
    const next = await startDaemon(workplace.home);
    expect((await workplace.run(["request", id, "GET", "/echo"])).code).toBe(0);
    expect(performance.now() - before).toBeLessThan(8000);
    await next.stop();
    expect((await workplace.run(["rm", id])).code).toBe(0);
  });

  it("that dies under a command ends it with an error, not a hang", async () => {
    const daemon = await startDaemon(workplace.home);
    await workplace.run(["install", await writeExtension(workplace.folder), "-y"]);
    const request = workplace.run(["request", id, "GET", "/slow"]);
    await daemonAsked();
    daemon.child.kill("SIGKILL");
    const { code, stderr } = await request;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: request GET \/slow: the daemon closed the connection\nhint: .+\n$/u);
    expect((await workplace.run(["rm", id])).code).toBe(0);
  });

  it("does not take a home that another process holds, and says which holds it", async () => {
    await workplace.run(["install", await writeExtension(workplace.folder), "-y"]);
    const { promise: started, resolve } = Promise.withResolvers<ChildProcess>();
    const holding = workplace.run(["request", id, "GET", "/slow"], { started: resolve });
    await daemonAsked();
    const child = await started;
    const { code, stderr } = await workplace.run(["serve"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`process ${child.pid} holds it`) });
    child.kill("SIGTERM");
    await holding;
  });

  it("is used wrongly with options that go not together, or a port that is none", async () => {
    for (const args of [
      ["--stop", "--status"],
      ["--detach", "--stop"],
      ["--status", "--open"],
      ["--stop", "--port", "1"],
      ["--port", "x"],
      ["--port", "65536"],
      ["more"],
    ]) {
      expect((await workplace.run(["serve", ...args])).code, args.join(" ")).toBe(2);
    }
    expect(await filesBelow(workplace.home)).toEqual([]);
  });

  /** Resolves once the backend was asked for what it never answers. */
  async function daemonAsked(): Promise<void> {
    const logs = join(workplace.home, "logs");
    for (;;) {
      const files = (await filesBelow(logs)).map((name) => readFile(join(logs, name), "utf8").catch(() => ""));
      if ((await Promise.all(files)).join("").includes("slow was asked for")) return;
    }
  }
});

interface Visited {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What a browser gets for a link; Node does not know where `*.localhost` is. */
async function visit(url: string, more: Readonly<Record<string, string>> = {}): Promise<Visited> {
  const { host, port, pathname, search } = new URL(url);
  const headers = { host, ...more };
  const request = get({ host: "127.0.0.1", port, path: pathname + search, headers, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode, headers: response.headers, body };
}
