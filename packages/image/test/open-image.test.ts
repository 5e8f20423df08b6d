import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { ErrorCode } from "@bowsprit/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ExtensionImage, type ImageLocation, type ImageProgress, openFolder, openImage } from "../src/index.ts";
import { archiveOf, type Blobs, layer, layoutFiles, putImage, writeFiles } from "./layout/image-builder.ts";
import { end, member } from "./tar/tar-archive.ts";

// Each case starts threads, which read their programs anew, on a machine that may be busy with other suites.
vi.setConfig({ testTimeout: 60_000 });

const platform = { os: "linux", arch: "x64" } as const;
const metadata = JSON.stringify({
  icon: "icon.svg",
  ui: { "dashboard-tab": { title: "From an image", root: "/ui", src: "index.html" } },
  vm: { composefile: "compose.yaml" },
  host: { binaries: [{ linux: [{ path: "/bin/tool" }] }] },
});
const files = {
  "metadata.json": metadata,
  "icon.svg": "<svg/>",
  "ui/index.html": "<h1>ahoy</h1>",
  "compose.yaml": "services: { web: { image: x } }",
  "settings.env": "A=1",
  "bin/tool": "#!/bin/sh\n",
  "usr/lib/not-wanted": "base system",
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bowsprit-image-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const base = Buffer.concat([
  member({ name: "metadata.json" }, "{}"),
  member({ name: "ui/old.html" }, "hidden by the layer above"),
  member({ name: "dev/null", type: "3" }),
  member({ name: "etc/link", type: "2", link: "/nowhere/at/all" }),
  end,
]);
const top = Buffer.concat([layer({ ...files, "ui/.wh.old.html": "" })]);

function makeLayout(further: Parameters<typeof putImage>[1] = {}): Readonly<Record<string, Buffer>> {
  const blobs: Blobs = new Map();
  const root = putImage(blobs, { layers: [base, top], ...further });
  return layoutFiles(blobs, [{ ...root, annotations: { "org.opencontainers.image.ref.name": "acme/hello:1.2.0" } }]);
}

async function open(location: ImageLocation, onProgress?: (progress: ImageProgress) => void): Promise<ExtensionImage> {
  return openImage(location, { platform, staging: join(folder, "staging"), ...(onProgress && { onProgress }) });
}

async function treeBelow(target: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const plain = entries.filter((entry) => !entry.isDirectory());
  expect(plain.every((entry) => entry.isFile())).toBe(true);
  const read = plain.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(target.length + 1), (await readFile(path)).toString("base64")] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

describe("an image", () => {
  it("is read from an archive: what it is, what its files say, and what the metadata name is all that is written", async () => {
    const path = join(folder, "image.tar");
    await writeFile(path, archiveOf(makeLayout()));
    const progress: ImageProgress[] = [];
    await using image = await open({ kind: "archive", path }, (told) => progress.push(told));
    expect(image).toMatchObject({
      kind: "archive",
      location: path,
      name: "acme/hello",
      reference: { familiarName: "acme/hello", tag: "1.2.0" },
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
      labels: { title: "Hello" },
    });
    expect(await image.readText("/compose.yaml", 1000)).toBe(files["compose.yaml"]);
    const written = await image.write(join(folder, "out"), { whole: false, paths: ["bin/tool"] });
    const names = ["bin/tool", "compose.yaml", "icon.svg", "metadata.json", "settings.env", "ui/index.html"];
    expect(written.files.map((file) => file.path)).toEqual(names);
    expect(written.digest).toBe(image.digest);
    expect(Object.keys(await treeBelow(join(folder, "out"))).toSorted()).toEqual(names);
    expect((await stat(join(folder, "out/ui/index.html"))).mode & 0o7777).toBe(0o600);
    expect(progress.at(-1)).toMatchObject({ phase: "write" });
    for (const { bytes, total } of progress) expect(bytes).toBeLessThanOrEqual(total);
  });

  it("gives the same files from every form, and those of the folder it was made of", async () => {
    const layout = makeLayout();
    const plain = archiveOf(layout);
    await mkdir(join(folder, "layout"));
    for (const name of ["source/ui", "source/bin", "source/usr/lib"])
      await mkdir(join(folder, name), { recursive: true });
    await writeFiles(join(folder, "layout"), layout);
    await writeFiles(
      join(folder, "source"),
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
    );
    const forms: Readonly<Record<string, Buffer>> = { plain, gzip: gzipSync(plain), zstd: zstdCompressSync(plain) };
    for (const [name, bytes] of Object.entries(forms)) await writeFile(join(folder, name), bytes);
    for (const stored of ["gzip", "zstd"] as const) {
      await writeFile(join(folder, `layers-${stored}`), archiveOf(makeLayout({ stored })));
    }
    const archives = [...Object.keys(forms), "layers-gzip", "layers-zstd"];
    const opened: ExtensionImage[] = [
      await open({ kind: "layout", path: join(folder, "layout") }),
      ...(await Promise.all(archives.map((name) => open({ kind: "archive", path: join(folder, name) })))),
    ];
    const trees = [];
    for (const [index, image] of opened.entries()) {
      await image.write(join(folder, `out-${index}`), { whole: false, paths: ["bin/tool"] });
      trees.push(await treeBelow(join(folder, `out-${index}`)));
      await image[Symbol.asyncDispose]();
    }
    await using source = await openFolder(join(folder, "source"));
    await source.write(join(folder, "out-folder"), { whole: false, paths: ["bin/tool"] });
    const { "usr/lib/not-wanted": _notWanted, ...fromFolder } = await treeBelow(join(folder, "out-folder"));
    for (const tree of trees) expect(tree).toEqual(fromFolder);
    expect(await readdir(join(folder, "staging"))).toEqual([]);
  });

  it("that is none of an extension says so, and one whose bytes were changed is refused", async () => {
    const path = join(folder, "image.tar");
    await writeFile(path, archiveOf(makeLayout({ layers: [layer({ "index.js": "x" })] })));
    await expect(open({ kind: "archive", path })).rejects.toMatchObject({ code: ErrorCode.MetadataMissing });
    const bytes = archiveOf(makeLayout());
    bytes[bytes.indexOf("<h1>ahoy")] = 0x3d;
    await writeFile(path, bytes);
    await expect(open({ kind: "archive", path })).rejects.toMatchObject({ code: ErrorCode.DigestMismatch });
  });

  it("names itself by its metadata or its file where it says nothing else", async () => {
    const blobs: Blobs = new Map();
    const root = putImage(blobs, { layers: [top] });
    const path = join(folder, "my-extension.tar.gz");
    await writeFile(path, gzipSync(archiveOf(layoutFiles(blobs, [root]))));
    await using image = await open({ kind: "archive", path });
    expect(image).toMatchObject({ name: "my-extension", reference: null });
  });

  it("is called off in the middle, and nothing goes on", async () => {
    const path = join(folder, "image.tar");
    const large = layer({ ...files, "ui/large.bin": Buffer.alloc(64 * 1024 * 1024, "x") });
    await writeFile(path, archiveOf(makeLayout({ layers: [large] })));
    const controller = new AbortController();
    const opening = openImage(
      { kind: "archive", path },
      {
        platform,
        staging: join(folder, "staging"),
        signal: controller.signal,
        onProgress: () => controller.abort("enough"),
      },
    );
    await expect(opening).rejects.toMatchObject({ code: ErrorCode.Aborted, cause: "enough" });
    await using image = await open({ kind: "archive", path });
    const second = new AbortController();
    const writing = image.write(join(folder, "out"), { whole: false, paths: [], signal: second.signal });
    setImmediate(() => second.abort());
    await expect(writing).rejects.toMatchObject({ code: ErrorCode.Aborted });
    await expect(image.readText("metadata.json", 1000)).rejects.toMatchObject({ code: ErrorCode.Aborted });
  });
});
