import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { runImageTool, whyMissing } from "@tooling/images";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openArchive } from "../../src/layout/open-archive.ts";
import { openLayoutFolder } from "../../src/layout/open-layout-folder.ts";
import { type Blobs, digestOf, layer, layoutFiles, putImage, putIndex, writeFiles } from "./image-builder.ts";
import { readImage } from "./read-image.ts";

vi.setConfig({ testTimeout: 120_000 });

const name = "docker.io/vendor/hello:1.0";
const tars = [layer({ "metadata.json": "{}" }), layer({ "ui/index.html": "<p>" }), layer({ "metadata.json": "{}" })];
let place = "";
let staging = "";
let made = "";

beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), "bowsprit-judges-")));
  staging = join(place, "staging");
  await mkdir(staging);
});

afterEach(async () => {
  await rm(place, { recursive: true });
});

async function skopeo(command: string, ...args: readonly string[]): Promise<string> {
  return runImageTool("skopeo", [command, ...(command === "copy" ? ["--insecure-policy", "--quiet"] : []), ...args]);
}

/** Writes an image of ours, or an index of two, as an OCI layout. */
async function makeLayout(stored: "none" | "gzip" | "zstd"): Promise<string> {
  const blobs: Blobs = new Map();
  const mine = { ...putImage(blobs, { layers: tars, stored }), platform: { os: "linux", architecture: "amd64" } };
  const config = { architecture: "arm64" };
  const other = { ...putImage(blobs, { config }), platform: { os: "linux", architecture: "arm64" } };
  const index = putIndex(blobs, [other, mine]);
  const annotations = { "org.opencontainers.image.ref.name": "1.0" };
  made = await writeFiles(join(place, "made"), layoutFiles(blobs, [{ ...index, annotations }]));
  return mine.digest;
}

describe("skopeo", () => {
  beforeEach(async ({ skip }) => {
    const missing = await whyMissing("skopeo");
    skip(missing !== undefined, missing);
  });

  it.each(["none", "gzip", "zstd"] as const)(
    "writes our image, stored by %s, in every form, and each is read to the same",
    async (stored) => {
      const digest = await makeLayout(stored);
      const forms = [
        ["oci", `oci:${place}/oci:${name}`],
        ["oci.tar", `oci-archive:${place}/oci.tar:${name}`],
        ["docker.tar", `docker-archive:${place}/docker.tar:${name}`],
      ] as const;
      // That form has no zstd.
      const possible = forms.filter(([file]) => stored !== "zstd" || file !== "docker.tar");
      for (const [file, target] of possible) {
        await skopeo("copy", "--override-arch", "amd64", `oci:${made}:1.0`, target);
        const path = join(place, file);
        const image = file === "oci" ? await openLayoutFolder(path) : await openArchive(path, { staging });
        expect(image.names[0]).toMatch(/vendor\/hello:1\.0$/u);
        const { manifest, layers } = await readImage(image);
        const isCopy = stored === "gzip" && file !== "docker.tar";
        expect(manifest.digest).toBe(isCopy ? digest : manifest.digest);
        expect(layers.map(digestOf)).toEqual(tars.map(digestOf));
        expect(manifest.config.labels).toEqual({ "org.opencontainers.image.title": "Hello" });
      }
      for (const compress of [gzipSync, zstdCompressSync]) {
        await writeFile(join(place, "small"), compress(await readFile(join(place, possible.at(-1)?.[0] ?? ""))));
        const { layers } = await readImage(await openArchive(join(place, "small"), { staging }));
        expect(layers.map(digestOf)).toEqual(tars.map(digestOf));
      }
    },
  );

  it("finds the digests that we find", async () => {
    const digest = await makeLayout("gzip");
    const inspected = JSON.parse(await skopeo("inspect", "--override-arch", "amd64", `oci:${made}:1.0`)) as object;
    const { manifest } = await readImage(await openLayoutFolder(made));
    expect(manifest.digest).toBe(digest);
    expect(inspected).toMatchObject({
      Architecture: "amd64",
      Layers: manifest.layers.map(({ descriptor }) => descriptor.digest),
      Labels: manifest.config.labels,
    });
  });

  it("writes several images into one archive, and the one that is asked for is read", async () => {
    await makeLayout("gzip");
    const [a, b] = [`docker-archive:${place}/one.tar:a:1`, `oci-archive:${place}/two.tar:b:1`];
    await skopeo("copy", "--override-arch", "amd64", "--additional-tag", "c:2", `oci:${made}:1.0`, a);
    await skopeo("copy", "--override-arch", "arm64", `oci:${made}:1.0`, b);
    const image = await openArchive(join(place, "one.tar"), { staging, name: "docker.io/library/c:2" });
    expect(image.names).toEqual(expect.arrayContaining(["docker.io/library/a:1", "docker.io/library/c:2"]));
    expect((await readImage(image)).layers).toHaveLength(3);
    const other = readImage(await openArchive(join(place, "two.tar"), { staging }));
    await expect(other).rejects.toMatchObject({ code: "UNSUPPORTED", message: expect.stringContaining("linux/arm64") });
  });
});

describe("umoci", () => {
  it("makes an image of its own, and it is read", async ({ skip }) => {
    const missing = await whyMissing("umoci");
    skip(missing !== undefined, missing);
    const image = `${place}/layout:1.0`;
    await mkdir(join(place, "ui"));
    await writeFile(join(place, "ui", "index.html"), "<p>from umoci");
    await runImageTool("umoci", ["init", "--layout", join(place, "layout")]);
    await runImageTool("umoci", ["new", "--image", image]);
    await runImageTool("umoci", ["config", "--image", image, "--config.label", "a=b", "--architecture", "amd64"]);
    await runImageTool("umoci", ["insert", "--image", image, join(place, "ui"), "/ui"]);
    const { manifest, layers } = await readImage(await openLayoutFolder(join(place, "layout")));
    expect(manifest.config.labels).toEqual({ a: "b" });
    expect(layers.map(String).join("")).toContain("<p>from umoci");
  });
});
