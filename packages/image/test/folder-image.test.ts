import { execFileSync } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeSource, openFolder, type WrittenImage } from "../src/index.ts";

let place = "";
let folder = "";
let target = "";
let copies = 0;

beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-image-")));
  folder = join(place, "My Extension");
  await mkdir(folder);
});

afterEach(async () => {
  await rm(place, { recursive: true });
});

const metadata = JSON.stringify({
  icon: "/icon.svg",
  ui: { "dashboard-tab": { title: "T", root: "/ui", src: "index.html" } },
  vm: { composefile: "deploy/compose.yaml" },
});

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries({ "metadata.json": metadata, ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function write(whole: boolean, ...paths: readonly string[]): Promise<WrittenImage> {
  target = join(place, `copy-${(copies += 1)}`);
  return (await openFolder(folder)).write(target, { whole, paths });
}

describe("opening a folder", () => {
  it("takes its name from the folder, or from the metadata", async () => {
    await put({});
    expect(await openFolder(folder)).toMatchObject({ kind: "folder", location: folder, name: "My Extension" });
    await put({ "metadata.json": '{"name": "named", "vm": {"x-local": {"command": ["x"]}}}' });
    expect((await openFolder(folder)).name).toBe("named");
  });

  it("says what is missing or refused", async () => {
    await expect(openFolder(join(place, "nothing"))).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
    await expect(openFolder(folder)).rejects.toMatchObject({ code: "METADATA_MISSING", hint: expect.any(String) });
    await put({ "metadata.json": "{" });
    await expect(openFolder(folder)).rejects.toMatchObject({ code: "METADATA_INVALID" });
    await rm(join(folder, "metadata.json"));
    await symlink("/etc/hostname", join(folder, "metadata.json"));
    await expect(openFolder(folder)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
  });

  it("reads a text inside, and nothing outside", async () => {
    await put({ "deploy/compose.yaml": "services: {}" });
    await writeFile(join(place, "secret"), "secret");
    await symlink("../secret", join(folder, "out"));
    const image = await openFolder(folder);
    expect(await image.readText("deploy/compose.yaml", 100)).toBe("services: {}");
    await expect(image.readText("deploy/compose.yaml", 5)).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
    for (const path of ["out", "../secret", "deploy"])
      await expect(image.readText(path, 100)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
  });
});

describe("writing a folder", () => {
  it("takes everything but .git where it runs from there", async () => {
    await put({ ".git/config": "x", "src/.git/keep": "y", "src/a.js": "a", ".hidden": "h" });
    const { files } = await write(true);
    expect(files.map(({ path }) => path)).toEqual([".hidden", "metadata.json", "src/.git/keep", "src/a.js"]);
    expect(await readFile(join(target, "src/a.js"), "utf8")).toBe("a");
  });

  it("else takes what the metadata names, and what it is told to", async () => {
    await put({
      "icon.svg": "i",
      "ui/index.html": "u",
      "ui/js/a.js": "a",
      "deploy/compose.yaml": "c",
      "deploy/.env": "e",
      "bin/tool": "t",
      "src/main.go": "g",
    });
    const { files } = await write(false, "bin/tool");
    expect(files.map(({ path }) => path)).toEqual([
      "bin/tool",
      "deploy/.env",
      "deploy/compose.yaml",
      "icon.svg",
      "metadata.json",
      "ui/index.html",
      "ui/js/a.js",
    ]);
  });

  it("has one digest for the same content, whatever its times and other rights, and another for any change", async () => {
    await put({ "run.sh": "#!/bin/sh", "z.txt": "z" });
    const { digest } = await write(true);
    await utimes(join(folder, "z.txt"), 1, 1);
    await chmod(join(folder, "z.txt"), 0o444);
    expect((await write(true)).digest).toBe(digest);
    await chmod(join(folder, "run.sh"), 0o755);
    const runnable = (await write(true)).digest;
    expect(runnable).not.toBe(digest);
    await writeFile(join(folder, "z.txt"), "Z");
    expect((await write(true)).digest).not.toBe(runnable);
  });

  it("keeps of a mode whether the owner may run the file, and no more", async () => {
    await put({ "run.sh": "x", plain: "y" });
    await chmod(join(folder, "run.sh"), 0o4777);
    await chmod(join(folder, "plain"), 0o666);
    const { files } = await write(true);
    expect(files.map(({ mode }) => mode)).toEqual([0o600, 0o600, 0o700]);
    expect((await lstat(join(target, "run.sh"))).mode & 0o7777).toBe(0o700);
  });

  it("writes links that stay inside as copies, never as links", async () => {
    await put({ "real/a": "a" });
    await symlink("real", join(folder, "folder-link"));
    await symlink("real/a", join(folder, "file-link"));
    const { files } = await write(true);
    expect(files.map(({ path }) => path)).toEqual(["file-link", "folder-link/a", "metadata.json", "real/a"]);
    expect((await lstat(join(target, "file-link"))).isFile()).toBe(true);
  });

  it.each([
    ["out of the folder", "/etc/hostname"],
    ["nowhere", "no-such-file"],
    ["to its own parent", "."],
    ["to itself", "link"],
  ])("refuses a link %s and names it", async (_, to) => {
    await put({});
    await symlink(to, join(folder, "link"));
    await expect(write(true)).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringContaining("link"),
    });
  });

  it("leaves sockets and pipes out with a warning", async () => {
    await put({});
    execFileSync("mkfifo", [join(folder, "pipe")]);
    await using server = createServer().listen(join(folder, "backend.sock"));
    const { files, warnings } = await write(true);
    expect(server.listening).toBe(true);
    expect(files.map(({ path }) => path)).toEqual(["metadata.json"]);
    expect(warnings).toEqual([expect.stringContaining("backend.sock"), expect.stringContaining("pipe")]);
  });

  it.each([["none"], [new Error("enough")], [undefined]])(
    "stops when it is told to, for the reason %s",
    async (reason) => {
      await put({});
      const signal = AbortSignal.abort(reason);
      const stopped = (await openFolder(folder)).write(join(place, "copy"), { whole: true, paths: [], signal });
      await expect(stopped).rejects.toMatchObject({ code: "ABORTED", cause: signal.reason });
    },
  );

  it("refuses what is over 2 GiB, with a hint that helps", async () => {
    await put({ big: "" });
    await truncate(join(folder, "big"), 2 * 1024 ** 3 + 1);
    await expect(write(true)).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      hint: expect.stringContaining("2 GiB"),
    });
  });
});

describe("an argument", () => {
  it("is a folder, a file, or an image reference", async () => {
    await put({});
    expect(await describeSource(folder)).toEqual({ kind: "folder", path: folder });
    expect(await describeSource(join(folder, "metadata.json"))).toMatchObject({ kind: "archive" });
    for (const text of ["hello", "org/name:1.0", "localhost:5000/x"])
      expect(await describeSource(text)).toEqual({ kind: "reference", text });
  });

  it("that can only be a path is never taken for a reference", async () => {
    for (const path of ["./nope", "../nope", "/nope", "nope/", "~/nope", "C:\\nope"]) {
      await expect(describeSource(path), path).rejects.toMatchObject({
        code: "SOURCE_NOT_FOUND",
        hint: expect.any(String),
      });
    }
    await expect(describeSource(place)).rejects.toMatchObject({ code: "METADATA_MISSING" });
  });
});
