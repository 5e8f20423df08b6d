import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readlink, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenedImage } from "../../src/layout/blob-source.ts";
import { openArchive } from "../../src/layout/open-archive.ts";
import { openLayoutFolder } from "../../src/layout/open-layout-folder.ts";
import { end, header, member } from "../tar/tar-archive.ts";
import { archiveOf, type Blobs, digestOf, layer, layoutFiles, putImage, writeFiles } from "./image-builder.ts";
import { linux, readImage } from "./read-image.ts";

let place = "";
let staging = "";

beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-layout-")));
  staging = join(place, "staging");
  await mkdir(staging);
});

afterEach(async () => {
  const left = [...(await readdir(staging)), ...(await openFiles())];
  await rm(place, { recursive: true });
  if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
});

/** What this process still has open below the test's own folder. */
async function openFiles(): Promise<readonly string[]> {
  if (process.platform !== "linux") return [];
  const links = (await readdir("/proc/self/fd")).map(async (fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ""));
  return (await Promise.all(links)).filter((path) => path.startsWith(place));
}

const tars = [layer({ "metadata.json": "{}" }), layer({ "ui/index.html": "<p>" })];
const called = (name: string): { annotations: object } => ({
  annotations: { "org.opencontainers.image.ref.name": name },
});

async function open(bytes: Buffer, name?: string): Promise<OpenedImage> {
  const path = join(place, "image.tar");
  await writeFile(path, bytes);
  return openArchive(path, { staging, ...(name !== undefined && { name }) });
}

async function refuses(bytes: Buffer, code: string, why: string): Promise<void> {
  await expect(open(bytes)).rejects.toMatchObject({ code, message: expect.stringContaining(why) });
}

/** An image as `docker save` wrote it before it knew the OCI layout. */
function dockerFiles(names: readonly string[] = ["vendor/hello:1.0"]): Record<string, Buffer | string> {
  const config = Buffer.from(
    JSON.stringify({ os: "linux", architecture: "amd64", rootfs: { type: "layers", diff_ids: tars.map(digestOf) } }),
  );
  const id = digestOf(config).slice(7);
  const manifest = [{ Config: `${id}.json`, RepoTags: names, Layers: ["aa/layer.tar", "bb/layer.tar"] }];
  return {
    "aa/layer.tar": tars[0] ?? "",
    "bb/layer.tar": tars[1] ?? "",
    "aa/json": Buffer.from("{}"),
    [`${id}.json`]: config,
    "manifest.json": Buffer.from(JSON.stringify(manifest)),
  };
}

describe("an archive", () => {
  it("of an OCI layout is read plain, by gzip and by zstd, whatever it is called", async () => {
    const blobs: Blobs = new Map();
    const root = putImage(blobs, { layers: tars, stored: "gzip", descriptor: called("vendor/hello:1.0") });
    const plain = archiveOf(layoutFiles(blobs, [root]));
    for (const bytes of [plain, gzipSync(plain), zstdCompressSync(plain)]) {
      const image = await open(bytes);
      expect(image.names).toEqual(["vendor/hello:1.0"]);
      const { manifest, layers } = await readImage(image);
      expect(manifest.digest).toBe(root.digest);
      expect(layers.map((bytes) => bytes.equals(tars[layers.indexOf(bytes)] ?? end))).toEqual([true, true]);
    }
  });

  it("counts what it reads of a compressed one", async () => {
    const bytes = gzipSync(archiveOf(dockerFiles()));
    let counted = 0;
    const path = join(place, "image.tar.gz");
    await writeFile(path, bytes);
    await using image = (await openArchive(path, { staging, onBytes: (more) => (counted += more) })).source;
    expect(image.location).toBe(path);
    expect(counted).toBe(bytes.length);
  });

  it("of docker save without manifests is read, links among its layers followed", async () => {
    const files = dockerFiles();
    const image = await open(archiveOf(files));
    expect(image.names).toEqual(["vendor/hello:1.0"]);
    const first = await readImage(image);
    expect(first.layers.map(digestOf)).toEqual(tars.map(digestOf));
    const linked = { ...files, "bb/layer.tar": "../cc.tar", "cc.tar": tars[1] ?? "" };
    const second = await readImage(await open(archiveOf(linked)));
    expect(second.manifest.digest).toBe(first.manifest.digest);
    const hard = [header({ name: "bb/layer.tar", type: "1", link: "cc.tar" }), member({ name: "cc.tar" }, tars[1])];
    delete files["bb/layer.tar"];
    const third = await readImage(await open(Buffer.concat([...hard, archiveOf(files)])));
    expect(third.layers.map(digestOf)).toEqual(tars.map(digestOf));
  });

  it("whose layers are compressed though it is one of docker save, as kaniko's are, is read", async () => {
    const files = { ...dockerFiles(), "bb/layer.tar": gzipSync(tars[1] ?? "") };
    const { manifest, layers } = await readImage(await open(archiveOf(files)));
    expect(manifest.layers.map(({ compression }) => compression)).toEqual(["none", "gzip"]);
    expect(layers.map(digestOf)).toEqual(tars.map(digestOf));
  });

  it("with its names after ./ is read, and its folders do not matter", async () => {
    const blobs: Blobs = new Map();
    const files = Object.entries(layoutFiles(blobs, [putImage(blobs, { layers: tars })]));
    const folders = ["./", "./blobs/", "./blobs/"].map((name) => header({ name, type: "5" }));
    const named = archiveOf(Object.fromEntries(files.map(([name, bytes]) => [`./${name}`, bytes])));
    expect((await readImage(await open(Buffer.concat([...folders, named])))).layers).toHaveLength(2);
  });

  it("A50 whose layer was changed is refused when it is read", async () => {
    const files = dockerFiles();
    const changed = { ...files, "bb/layer.tar": layer({ "ui/index.html": "<q>" }) };
    await expect(readImage(await open(archiveOf(changed)))).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
  });

  it("A51 whose configuration is not the one in its name is refused", async () => {
    const files = Object.entries(dockerFiles()).map(([name, data]): [string, Buffer | string] =>
      /^[0-9a-f]{64}/u.test(name) ? [name, Buffer.from(data.toString().replace("amd64", "arm64"))] : [name, data],
    );
    await refuses(archiveOf(Object.fromEntries(files)), "DIGEST_MISMATCH", "not the one in its name");
  });

  it("A38 that was cut off anywhere is refused, and nothing stays in the staging folder", async () => {
    const plain = archiveOf(dockerFiles()).subarray(0, -1024);
    for (const bytes of [plain.subarray(0, -600), plain.subarray(0, 3000), plain.subarray(0, 100)])
      await refuses(bytes, "SOURCE_REFUSED", "open the archive");
    await refuses(gzipSync(plain).subarray(0, -9), "SOURCE_REFUSED", "not to be read as gzip");
    await refuses(zstdCompressSync(plain).subarray(0, -1), "SOURCE_REFUSED", "not to be read as zstd");
  });

  it("that holds a name twice, a link that leads nowhere, or a layer that is no file is refused", async () => {
    const files = dockerFiles();
    await refuses(
      Buffer.concat([member({ name: "manifest.json" }, "[]"), archiveOf(files)]),
      "SOURCE_REFUSED",
      "twice",
    );
    const layerIs = (link: string): Buffer => archiveOf({ ...files, "bb/layer.tar": link });
    for (const link of ["/etc/passwd", "../../etc/passwd", "../bb/layer.tar", "layer.tar", "../nothing"])
      await refuses(layerIs(link), "SOURCE_REFUSED", "is a link to");
    const pipe = [header({ name: "bb/layer.tar", type: "6" }), archiveOf({ ...files, "bb/layer.tar": "" })];
    await refuses(Buffer.concat(pipe), "SOURCE_REFUSED", "twice");
    delete files["bb/layer.tar"];
    await refuses(archiveOf(files), "SOURCE_REFUSED", "which is not in it");
    const fifo = Buffer.concat([header({ name: "bb/layer.tar", type: "6" }), archiveOf(files)]);
    await refuses(fifo, "SOURCE_REFUSED", "is no file");
  });

  it("of something else says so", async () => {
    await refuses(archiveOf({ "a.txt": Buffer.from("a") }), "SOURCE_NOT_FOUND", "it holds no image");
    await refuses(Buffer.from("fd377a585a000004", "hex"), "UNSUPPORTED", "stored by xz");
    await refuses(Buffer.from("text ".repeat(1000)), "SOURCE_REFUSED", "open the archive");
    await refuses(gzipSync(gzipSync(archiveOf(dockerFiles()))), "SOURCE_REFUSED", "open the archive");
    const nothing = { staging, path: join(place, "nothing") };
    await expect(openArchive(nothing.path, nothing)).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
    await expect(openArchive(place, nothing)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
  });

  it("that holds a part of an image says what is missing", async () => {
    const blobs: Blobs = new Map();
    const root = putImage(blobs, { layers: tars });
    blobs.delete(digestOf(tars[1] ?? end));
    await expect(readImage(await open(archiveOf(layoutFiles(blobs, [root]))))).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: expect.stringContaining(digestOf(tars[1] ?? end)),
    });
  });

  it("is given up at a signal while it is uncompressed", async () => {
    const path = join(place, "image.tar.gz");
    await writeFile(path, gzipSync(archiveOf({ big: Buffer.alloc(4_000_000), ...dockerFiles() })));
    const stop = new AbortController();
    const opening = openArchive(path, { staging, signal: stop.signal, onBytes: () => stop.abort() });
    await expect(opening).rejects.toMatchObject({ code: "ABORTED" });
  });
});

describe("a source", () => {
  it("stops at a signal", async () => {
    const blobs: Blobs = new Map();
    const root = putImage(blobs, { layers: tars });
    const files = layoutFiles(blobs, [root]);
    const folder = await writeFiles(join(place, "layout"), files);
    for (const image of [await open(archiveOf(files)), await openLayoutFolder(folder)]) {
      await using source = image.source;
      const chunks = source.read(root, AbortSignal.abort());
      await expect(chunks[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "ABORTED" });
    }
  });
});

describe("several images in one place", () => {
  const layout = (names: readonly (string | undefined)[]): Readonly<Record<string, Buffer>> => {
    const blobs: Blobs = new Map();
    const roots = names.map((name, at) => {
      const made = putImage(blobs, { layers: [layer({ at: String(at) })] });
      return name === undefined ? made : { ...made, ...called(name) };
    });
    return layoutFiles(blobs, roots);
  };

  it("are named where none was asked for, and the one that is asked for is taken", async () => {
    const bytes = archiveOf(layout(["vendor/a:1.0", "docker.io/library/b:latest", "nightly"]));
    await refuses(bytes, "INVALID_ARGUMENT", "several images: vendor/a:1.0, docker.io/library/b:latest, nightly");
    for (const [name, at] of [
      ["docker.io/vendor/a:1.0", "0"],
      ["b", "1"],
      ["nightly", "2"],
    ] as const) {
      const { layers } = await readImage(await open(bytes, name));
      expect(layers[0]?.toString()).toContain(at);
    }
    await expect(open(bytes, "c")).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      hint: expect.stringContaining("nightly"),
    });
  });

  it("are one image where they are the same, or without names", async () => {
    const blobs: Blobs = new Map();
    const root = putImage(blobs);
    const twice = layoutFiles(blobs, [
      { ...root, ...called("a:1") },
      { ...root, ...called("a:latest") },
    ]);
    const image = await open(archiveOf(twice));
    expect(image.names).toEqual(["a:1", "a:latest"]);
    expect((await readImage(image)).layers).toHaveLength(1);
    expect((await readImage(await open(archiveOf(layout([undefined, undefined]))))).layers).toHaveLength(1);
  });

  it("of docker save are told apart too", async () => {
    const files = dockerFiles();
    const list = JSON.parse(files["manifest.json"]?.toString() ?? "") as { RepoTags: string[]; Config: string }[];
    const other = { ...list[0], RepoTags: null, Config: "config.json" };
    const both = {
      ...files,
      "config.json": files[list[0]?.Config ?? ""] ?? "",
      "manifest.json": Buffer.from(JSON.stringify([...list, other])),
    };
    await refuses(archiveOf(both), "INVALID_ARGUMENT", "several images: vendor/hello:1.0, config.json");
    expect((await readImage(await open(archiveOf(both), "docker.io/vendor/hello:1.0"))).layers).toHaveLength(2);
  });
});

describe("a layout folder", () => {
  it("is read, and only where it is one", async () => {
    const blobs: Blobs = new Map();
    const root = putImage(blobs, { layers: tars, stored: "zstd", descriptor: called("1.0") });
    const folder = await writeFiles(join(place, "layout"), layoutFiles(blobs, [root]));
    const image = await openLayoutFolder(folder);
    expect(image.names).toEqual(["1.0"]);
    expect((await readImage(image, linux)).layers.map(digestOf)).toEqual(tars.map(digestOf));
    for (const missing of ["index.json", "oci-layout"]) {
      await rm(join(folder, missing));
      const refusal = { code: "SOURCE_NOT_FOUND", message: expect.stringContaining(`it holds no ${missing}`) };
      await expect(openLayoutFolder(folder)).rejects.toMatchObject(refusal);
    }
    await expect(openLayoutFolder(join(place, "nothing"))).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND" });
  });

  it("of another version is not read", async () => {
    const folder = await writeFiles(join(place, "layout"), layoutFiles(new Map(), []));
    await writeFile(join(folder, "oci-layout"), '{"imageLayoutVersion": "2.0.0"}');
    await expect(openLayoutFolder(folder)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });

  it("is not left through links, and nothing but regular files is opened", async () => {
    const blobs: Blobs = new Map();
    const root = putImage(blobs, { layers: tars });
    const files = layoutFiles(blobs, [root]);
    const folder = await writeFiles(join(place, "layout"), files);
    const outside = await writeFiles(join(place, "outside"), files);
    const name = `blobs/${root.digest.replace(":", "/")}`;
    for (const change of [
      async () => symlink(join(outside, name), join(folder, name)),
      async () => symlink("../../index.json", join(folder, name)),
      async () => mkdir(join(folder, name)),
      ...(process.platform === "linux" ? [async () => execFileSync("mkfifo", [join(folder, name)])] : []),
    ]) {
      await rm(join(folder, name), { recursive: true });
      await change();
      await expect(readImage(await openLayoutFolder(folder))).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
    }
    await rm(join(folder, "blobs"), { recursive: true });
    await symlink(join(outside, "blobs"), join(folder, "blobs"));
    await expect(readImage(await openLayoutFolder(folder))).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
    await rm(join(folder, "index.json"));
    await symlink(join(outside, "index.json"), join(folder, "index.json"));
    await expect(openLayoutFolder(folder)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
  });
});
