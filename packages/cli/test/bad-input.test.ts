import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshMetadata, writeExtension } from "./fresh-extension.ts";
import { useWorkplace } from "./workplace.ts";

describe.each([{ daemon: false }, { daemon: true }])("bad input, beside a daemon: $daemon", ({ daemon }) => {
  const workplace = useWorkplace({ daemon });

  /** Runs a command twice, as text and as JSON, and answers with what it said; the two must agree. */
  const fails = async (
    args: readonly string[],
  ): Promise<{ code: number | null; error: string; message: string; hint: string }> => {
    const text = await workplace.run(args);
    const json = await workplace.run([...args, "--json"]);
    expect(json.code).toBe(text.code);
    expect(json.stdout.toString()).toBe("");
    const { error } = JSON.parse(json.stderr.trim().split("\n").at(-1) ?? "");
    expect(text.stderr).toContain(`error: ${error.message}\n`);
    expect(text.stderr).toMatch(/^hint: .+$/mu);
    expect(error).toEqual({
      code: expect.any(String),
      message: expect.any(String),
      hint: expect.any(String),
      details: expect.any(Object),
    });
    return {
      code: text.code,
      error: error.code,
      message: error.message,
      hint: /^hint: (.+)$/mu.exec(text.stderr)?.[1] ?? "",
    };
  };

  it("no such folder", async () => {
    const missing = join(workplace.folder, "missing");
    expect(await fails(["install", missing, "-y"])).toMatchObject({ code: 1, error: "SOURCE_NOT_FOUND" });
    expect(await workplace.files()).toEqual([]);
  });

  it("an image of a registry that nobody runs", async () => {
    const failure = await fails(["install", "127.0.0.1:9/no/such", "-y"]);
    expect(failure).toMatchObject({
      code: 1,
      error: "ENDPOINT_UNREACHABLE",
      message: expect.stringContaining("127.0.0.1:9"),
    });
    expect(await workplace.files()).toEqual([]);
  });

  it("a folder without metadata.json", async () => {
    expect(await fails(["install", workplace.folder, "-y"])).toMatchObject({ code: 1, error: "METADATA_MISSING" });
  });

  it("metadata.json that is not JSON", async () => {
    const folder = await writeExtension(workplace.folder);
    await writeFile(join(folder, "metadata.json"), '{\n  "ui": nonsense\n}');
    const failure = await fails(["install", folder, "-y"]);
    expect(failure).toMatchObject({ code: 1, error: "METADATA_INVALID" });
    expect(failure.message).toMatch(/line 2|2:\d+/u);
    expect(await workplace.files()).toEqual([]);
  });

  it("an id that is not installed", async () => {
    for (const command of [["inspect"], ["rm"], ["logs"]]) {
      expect(await fails([...command, "nobody"])).toMatchObject({ code: 1, error: "EXTENSION_NOT_FOUND" });
    }
    expect(await fails(["request", "nobody", "GET", "/"])).toMatchObject({ code: 1, error: "EXTENSION_NOT_FOUND" });
    expect((await workplace.run(["host-exec", "nobody", "tool"])).code).toBe(125);
  });

  it("an id that is taken", async () => {
    const first = await writeExtension(join(workplace.folder, "a"));
    const second = await writeExtension(join(workplace.folder, "b"));
    expect((await workplace.run(["install", first, "-y"])).code).toBe(0);
    const failure = await fails(["install", second, "-y"]);
    expect(failure).toMatchObject({ code: 1, error: "EXTENSION_EXISTS" });
    const { stdout } = await workplace.run(["inspect", "--json", "fresh-extension"]);
    expect(JSON.parse(stdout.toString()).source.path).toBe(first);
  });

  it("a folder whose backend needs an engine, where none answers", async () => {
    const folder = await writeExtension(workplace.folder, {
      metadata: { ...freshMetadata, vm: { image: "example/backend:1" } },
    });
    expect(await fails(["install", folder, "-y"])).toMatchObject({ code: 1, error: "ENGINE_UNAVAILABLE" });
    expect(await workplace.files()).toEqual([]);
  });

  it("--engine docker where nothing answers", async () => {
    const folder = await writeExtension(workplace.folder);
    expect(await fails(["install", folder, "-y", "--engine", "docker"])).toMatchObject({
      code: 1,
      error: "ENGINE_UNAVAILABLE",
    });
  });

  it("a folder whose name would forge lines of the report", async () => {
    const folder = await writeExtension(workplace.folder, { name: "odd\n  note: harmless\u001B[31m" });
    const { stdout } = await workplace.run(["install", folder, "-y"]);
    expect(stdout.toString()).not.toMatch(/\u001B|^ {2}note: harmless/mu);
  });

  it("nobody there to agree", async () => {
    const folder = await writeExtension(workplace.folder);
    expect(await fails(["install", folder])).toMatchObject({ code: 1, error: "CONSENT_REQUIRED" });
    expect(await workplace.files()).toEqual([]);
  });

  it("wrong usage", async () => {
    for (const args of [
      ["frobnicate"],
      ["ls", "--no-such"],
      ["rm"],
      ["install", "a", "b"],
      ["request", "x", "GET"],
      ["ls", "--format", "xml"],
    ]) {
      expect(await fails(args), args.join(" ")).toMatchObject({ code: 2, error: "INVALID_ARGUMENT" });
    }
    expect(await workplace.run([])).toMatchObject({ code: 2, stdout: Buffer.alloc(0) });
  });

  it("a backend that cannot start is not installed, and its last words are told", async () => {
    const folder = await writeExtension(workplace.folder, {
      backend: 'console.error("no luck today"); process.exit(7);',
    });
    const failure = await fails(["install", folder, "-y"]);
    expect(failure).toMatchObject({ code: 1, error: "BACKEND_UNAVAILABLE" });
    expect(failure.message).toContain("no luck today");
    expect(await workplace.files()).toEqual([]);
  });
});

// A daemon looks for an engine where its own environment says, not where the caller's does.
describe("bad input, without a daemon", () => {
  const workplace = useWorkplace();

  it("--engine docker where something that never answers is at the socket", async () => {
    const folder = await writeExtension(workplace.folder);
    const socket = join(workplace.folder, "mute.sock");
    await using mute = createServer((stream) => stream.resume()).listen(socket);
    const before = performance.now();
    const { code, stderr } = await workplace.run(["install", folder, "-y", "--engine", "docker"], {
      env: { DOCKER_HOST: `unix://${socket}` },
    });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("no container engine answers") });
    expect(performance.now() - before).toBeLessThan(3000);
    expect(mute.listening).toBe(true);
  });
});
