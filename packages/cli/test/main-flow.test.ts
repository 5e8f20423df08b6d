import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { writeExtension } from "./fresh-extension.ts";
import { filesBelow, useWorkplace } from "./workplace.ts";

const id = "fresh-extension";
const mebibyte = 1024 * 1024;

const ways = [{ daemon: false }, { daemon: true }];

describe.each(ways)("an extension folder written afresh, beside a daemon: $daemon", ({ daemon }) => {
  const workplace = useWorkplace({ daemon });
  // Without a daemon a backend lives as long as the command that needed it.
  const state = daemon ? "running" : "stopped";
  const install = async (): Promise<void> => {
    const folder = await writeExtension(workplace.folder);
    const { code, stderr } = await workplace.run(["install", folder, "-y"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  };

  it("installs, says first what the argument was taken for, and lists itself", async () => {
    const folder = await writeExtension(workplace.folder);
    const installed = await workplace.run(["install", folder, "-y"]);
    expect(installed.code).toBe(0);
    const lines = installed.stdout.toString().split("\n");
    expect(lines[0]).toBe(`source: the folder ${folder}`);
    expect(lines.join("\n")).toContain("runs on this computer, as you: node server.mjs");
    const { stdout } = await workplace.run(["ls", "--json"]);
    expect(JSON.parse(stdout.toString())).toEqual([
      {
        id,
        title: "Fresh Extension",
        vendor: null,
        version: null,
        image: null,
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
        engine: "local",
        state,
        enabled: true,
        ui: { title: "Fresh Extension" },
        services: [{ name: "service", state }],
        binaries: [{ name: "say-it.sh", path: expect.any(String), sha256: expect.stringMatching(/[0-9a-f]{64}$/u) }],
      },
    ]);
  });

  it("answers the six verbs through its socket", async () => {
    await install();
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const { code, stdout } = await workplace.run([
        "request",
        id,
        method,
        "/echo?x=1",
        "--data",
        `{"verb":"${method}"}`,
      ]);
      expect(code).toBe(0);
      const answer = JSON.parse(stdout.toString());
      expect(answer).toMatchObject({ method, url: "/echo?x=1", bytes: 11 + method.length });
      expect(answer.headers).toMatchObject({ "content-type": "application/json" });
    }
    const head = await workplace.run(["request", "-i", id, "HEAD", "/echo"]);
    expect(head.code).toBe(0);
    expect(head.stdout.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*x-method: HEAD\r\n[^]*\r\n\r\n$/u);
  });

  it("takes a large upload and gives a large download, byte for byte", async () => {
    await install();
    const size = 24 * mebibyte + 7;
    const content = Buffer.alloc(size, "some bytes ");
    const file = join(workplace.folder, "upload");
    await writeFile(file, content);
    const up = await workplace.run(["request", id, "POST", "/echo", "--data", `@${file}`]);
    expect(JSON.parse(up.stdout.toString())).toMatchObject({ bytes: size, sha256: sha256(content) });
    const piped = await workplace.run(["request", "-d", "@-", id, "PUT", "/echo"], { input: Readable.from([content]) });
    expect(JSON.parse(piped.stdout.toString())).toMatchObject({ bytes: size, sha256: sha256(content) });
    const down = await workplace.run(["request", id, "GET", `/bytes/${size}`]);
    expect(sha256(down.stdout)).toBe(sha256(Buffer.alloc(size, "bowsprit")));
  });

  it("exits with 22 on a status of 400 or more, the body still on standard output", async () => {
    await install();
    const { code, stdout, stderr } = await workplace.run(["request", id, "GET", "/status/418"]);
    expect({ code, body: stdout.toString() }).toEqual({ code: 22, body: "as you like" });
    expect(stderr).toContain("418");
  });

  it("hands arguments to its executable verbatim and keeps the exit code", async () => {
    await install();
    const args = [
      "two words",
      'a "quoted" one',
      "it's",
      "$(touch canary) `id` $HOME",
      "",
      "--json",
      "-y",
      "--",
      "ünïcode\nline",
      "*",
    ];
    const said = await workplace.run(["host-exec", id, "--", "say-it.sh", ...args]);
    expect(said.stdout.toString()).toBe(args.map((argument) => `[${argument}]\n`).join(""));
    expect(said.code).toBe(0);
    expect((await workplace.run(["host-exec", id, "say-it", "--exit", "42"])).code).toBe(42);
    expect((await workplace.run(["host-exec", id, "say-it.sh", "--kill", "TERM"])).code).toBe(128 + 15);
    expect((await workplace.run(["host-exec", id, "nothing-of-that-name"])).code).toBe(127);
  });

  it("hands its own input to the executable", async () => {
    const folder = await writeExtension(workplace.folder, { executable: "#!/bin/sh\nexec cat\n" });
    await workplace.run(["install", folder, "-y"]);
    const { stdout } = await workplace.run(["host-exec", id, "say-it"], { input: Readable.from(["piped"]) });
    expect(stdout.toString()).toBe("piped");
  });

  it("keeps what its backend printed", async () => {
    await install();
    await workplace.run(["request", id, "GET", "/echo"]);
    const { stdout } = await workplace.run(["logs", "--tail", "2", "--json", id]);
    const lines = stdout
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ text }) => text))).toEqual(new Set(["a line on stderr", "listening"]));
    expect(lines.every(({ service }) => service === "service")).toBe(true);
  });

  it("leaves nothing but an empty home when it is removed", async () => {
    await install();
    await workplace.run(["request", id, "GET", "/echo"]);
    const { code } = await workplace.run(["rm", id]);
    expect(code).toBe(0);
    expect(await workplace.files()).toEqual([]);
    expect(JSON.parse((await workplace.run(["ls", "--json"])).stdout.toString())).toEqual([]);
    await workplace.stopDaemon();
    expect(await filesBelow(workplace.home)).toEqual([]);
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
