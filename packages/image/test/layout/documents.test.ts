import { readLabels } from "@bowsprit/core";
import { describe, expect, it, test } from "vitest";
import type { Descriptor } from "../../src/layout/descriptor.ts";
import type { ImageManifest } from "../../src/layout/image-manifest.ts";
import { resolveManifest } from "../../src/layout/resolve-manifest.ts";
import { type Blobs, digestOf, type Fields, layer, oci, put, putImage, putIndex } from "./image-builder.ts";
import { linux, sourceOf } from "./read-image.ts";

async function resolve(make: (blobs: Blobs) => Descriptor | readonly Descriptor[]): Promise<ImageManifest> {
  const blobs: Blobs = new Map();
  const root = make(blobs);
  return resolveManifest(sourceOf(blobs), root, { platform: linux });
}

async function refuses(make: (blobs: Blobs) => Descriptor, code: string, why: string): Promise<void> {
  const message = expect.stringContaining(why);
  await expect(resolve(make)).rejects.toMatchObject({ code, message });
}

const attestation = { platform: { os: "unknown", architecture: "unknown" } };
const of = (architecture: string, variant?: string): { platform: object } => ({
  platform: { os: "linux", architecture, ...(variant !== undefined && { variant }) },
});

describe("a manifest", () => {
  it("gives the layers, how they are stored and what they must be", async () => {
    const tars = [layer({ a: "1" }), layer({ b: "2" })];
    const { digest, config, layers } = await resolve((blobs) => putImage(blobs, { layers: tars, stored: "gzip" }));
    expect(digest).toMatch(/^sha256:/u);
    expect(config).toEqual({
      os: "linux",
      architecture: "amd64",
      labels: { "org.opencontainers.image.title": "Hello" },
      diffIds: tars.map(digestOf),
    });
    expect(layers.map(({ compression, diffId }) => [compression, diffId])).toEqual(
      tars.map((tar) => ["gzip", digestOf(tar)]),
    );
  });

  it("of Docker's schema 2 is one as well, and one without layers", async () => {
    const docker = "application/vnd.docker";
    const made = await resolve((blobs) => {
      const config = put(blobs, { rootfs: { type: "layers", diff_ids: null } }, `${docker}.container.image.v1+json`);
      const type = `${docker}.distribution.manifest.v2+json`;
      const manifest = put(blobs, { schemaVersion: 2, mediaType: type, config, layers: null }, type);
      const list = `${docker}.distribution.manifest.list.v2+json`;
      return put(blobs, { schemaVersion: 2, mediaType: list, manifests: [manifest] }, list);
    });
    expect(made).toMatchObject({ config: { os: "linux", labels: {} }, layers: [] });
  });

  test.each<[string, string, string, Fields]>([
    ["A52 that is an index as well", "SOURCE_REFUSED", "manifests: a manifest has none", { manifests: [] }],
    ["A52 that is an index as well, in a spelling that Go reads", "SOURCE_REFUSED", "another case", { Manifests: [] }],
    ["A52 of schema 1 as well", "SOURCE_REFUSED", "fsLayers", { fsLayers: [] }],
    ["A52 that calls itself an index", "SOURCE_REFUSED", "mediaType: not", { mediaType: `${oci}.index.v1+json` }],
    ["of another version", "SOURCE_REFUSED", "schemaVersion: not 2", { schemaVersion: 1 }],
    ["without a configuration", "SOURCE_REFUSED", "config: not an object", { config: undefined }],
    ["whose layers are no list", "SOURCE_REFUSED", "layers: not a list", { layers: {} }],
    [
      "with more layers than the configuration",
      "SOURCE_REFUSED",
      "layers: 0, but the configuration knows 1",
      { layers: [] },
    ],
    [
      "with more than 512 layers",
      "SOURCE_REFUSED",
      "more than the limit of 512",
      { layers: Array.from({ length: 513 }, () => ({})) },
    ],
    [
      "of something else than an image",
      "UNSUPPORTED",
      "no image but",
      { config: descriptor({ mediaType: "application/vnd.cncf.helm.config.v1+json" }) },
    ],
    [
      "A54 with a foreign layer",
      "SOURCE_REFUSED",
      "a foreign layer",
      { layers: [descriptor({ mediaType: `${oci}.layer.nondistributable.v1.tar+gzip` })] },
    ],
    [
      "A54 with Docker's foreign layer",
      "SOURCE_REFUSED",
      "a foreign layer",
      { layers: [descriptor({ mediaType: "application/vnd.docker.image.rootfs.diff.tar.foreign.gzip" })] },
    ],
    [
      "A54 with a layer that lies at an address",
      "SOURCE_REFUSED",
      "never done",
      { layers: [descriptor({ urls: ["https://example.com/"] })] },
    ],
    [
      "A54 with a layer of an unknown kind",
      "UNSUPPORTED",
      "layers[0]: a layer of the kind",
      { layers: [descriptor({ mediaType: "application/x-evil" })] },
    ],
    [
      "with a digest by SHA-512",
      "UNSUPPORTED",
      "layers[0]: digest: made by sha512",
      { layers: [descriptor({ digest: `sha512:${"0".repeat(128)}` })] },
    ],
    [
      "with a malformed digest",
      "SOURCE_REFUSED",
      "64 hexadecimal digits",
      { layers: [descriptor({ digest: "sha256:../../etc" })] },
    ],
    ["with a negative size", "SOURCE_REFUSED", "size: not a number of bytes", { layers: [descriptor({ size: -1 })] }],
    ["with half a byte", "SOURCE_REFUSED", "size: not a number of bytes", { layers: [descriptor({ size: 0.5 })] }],
    [
      "with a size that no number can hold",
      "SOURCE_REFUSED",
      "size: not a number of bytes",
      { layers: [descriptor({ size: 2 ** 53 })] },
    ],
    [
      "with layers of more than 8 GiB",
      "SOURCE_REFUSED",
      "more than the limit of 8589934592",
      { layers: [descriptor({ size: 2 ** 33 }), descriptor({ size: 1 })] },
    ],
  ])("%s is refused", async (...[, code, why, manifest]) => {
    await refuses((blobs) => putImage(blobs, { manifest }), code, why);
  });

  it("A51 refuses a configuration that is not the promised one, or of another size", async () => {
    const change = (by: (bytes: Buffer) => Buffer) => (blobs: Blobs) => {
      const config = put(blobs, { rootfs: { diff_ids: [] } }, `${oci}.config.v1+json`);
      blobs.set(config.digest, by(blobs.get(config.digest) ?? Buffer.alloc(0)));
      return putImage(blobs, { manifest: { config, layers: [] } });
    };
    await refuses(
      change((bytes) => Buffer.from(bytes.toString().replace("rootfs", "rootFs"))),
      "DIGEST_MISMATCH",
      "its digest is",
    );
    await refuses(
      change((bytes) => Buffer.concat([bytes, bytes])),
      "DIGEST_MISMATCH",
      "more than the",
    );
  });

  it("A51 refuses a configuration that is right but for the size that was promised, or was cut short", async () => {
    const make = (more: number, cut: number) => (blobs: Blobs) => {
      const config = put(blobs, { rootfs: { diff_ids: [] } }, `${oci}.config.v1+json`);
      blobs.set(config.digest, blobs.get(config.digest)?.subarray(cut) ?? Buffer.alloc(0));
      return putImage(blobs, { manifest: { config: { ...config, size: config.size + more }, layers: [] } });
    };
    await refuses(make(1, 0), "DIGEST_MISMATCH", "ended after");
    await refuses(make(-1, 0), "DIGEST_MISMATCH", "more than the");
    await refuses(make(0, 1), "DIGEST_MISMATCH", "ended after");
  });

  it("refuses keys that are there twice", async () => {
    const twice = '{"schemaVersion": 2, "layers": [], "config": {}, "layers": [1]}';
    await refuses((blobs) => put(blobs, Buffer.from(twice), `${oci}.manifest.v1+json`), "SOURCE_REFUSED", "twice");
  });

  it("refuses documents over 4 MiB unread, and those that hold more values than any real one", async () => {
    const type = `${oci}.manifest.v1+json`;
    await refuses((blobs) => ({ ...putImage(blobs), size: 4_194_305 }), "MESSAGE_TOO_LARGE", "limit of 4194304");
    const many = Buffer.from(`[${"[],".repeat(1_300_000)}0]`);
    await refuses((blobs) => put(blobs, many, type), "MESSAGE_TOO_LARGE", "more than 200000 values");
  });

  it("refuses a plain layer that is not the one of the configuration", async () => {
    const config = { rootfs: { diff_ids: [digestOf(Buffer.from("other"))] } };
    await refuses((blobs) => putImage(blobs, { config }), "DIGEST_MISMATCH", "layers[0]");
  });
});

describe("labels", () => {
  it("A56 are text of any length, and nothing of the rest of a configuration is handed on", async () => {
    const html = `<script>alert("x")</script>\n${"é<b>".repeat(262_144)}`;
    const labels = { "org.opencontainers.image.title": html, "io.containerd.runtime.hook": "/bin/sh -c evil" };
    const config = { config: { Labels: labels, Entrypoint: ["/evil"], Healthcheck: { Test: ["CMD-SHELL", "evil"] } } };
    const { config: read } = await resolve((blobs) => putImage(blobs, { config }));
    expect(Object.keys(read).toSorted()).toEqual(["architecture", "diffIds", "labels", "os"]);
    expect(read.labels).toEqual(labels);
    const shown = readLabels(read.labels).labels;
    expect(shown.title).toMatch(/^<script>alert\("x"\)<\/script> é<b>/u);
    expect(shown.title).toHaveLength(256);
    expect(JSON.stringify(shown)).not.toContain("evil");
  });

  it("that are no texts are refused", async () => {
    const config = { config: { Labels: { a: { b: 1 } } } };
    await refuses((blobs) => putImage(blobs, { config }), "SOURCE_REFUSED", "Labels: not an object of texts");
  });
});

describe("an index", () => {
  it("leads to the image of the platform, past attestations and artifacts", async () => {
    const blobs: Blobs = new Map();
    const mine = putImage(blobs, { layers: [layer({ mine: "1" })] });
    const arm = putImage(blobs, { config: { architecture: "arm64" }, layers: [layer({ arm: "1" })] });
    const inner = putIndex(blobs, [
      { ...arm, ...of("arm64") },
      { ...mine, ...of("amd64") },
    ]);
    const note = { ...putImage(blobs, { config: { made: 1 } }), annotations: { "vnd.docker.reference.type": "x" } };
    const artifact = { ...mine, mediaType: "application/vnd.example" };
    const root = putIndex(blobs, [{ ...note, ...of("amd64") }, { ...mine, ...attestation }, artifact, inner]);
    const { digest } = await resolveManifest(sourceOf(blobs), root, { platform: linux });
    expect(digest).toBe(mine.digest);
    const mac = await resolveManifest(sourceOf(blobs), root, { platform: { os: "darwin", arch: "arm64" } });
    expect(mac.digest).toBe(arm.digest);
  });

  it("asks the configurations where it does not name platforms", async () => {
    const blobs: Blobs = new Map();
    const mine = putImage(blobs, { layers: [layer({ mine: "1" })] });
    const other = putImage(blobs, { config: { architecture: "s390x" } });
    const { digest } = await resolveManifest(sourceOf(blobs), [other, mine], { platform: linux });
    expect(digest).toBe(mine.digest);
  });

  it("A53 says which platforms there are where this one is not among them", async () => {
    const make = (blobs: Blobs): Descriptor => {
      const image = putImage(blobs, { config: { architecture: "riscv64" } });
      const other = putImage(blobs, { config: { architecture: "arm64" } });
      return putIndex(blobs, [{ ...other, platform: { os: "windows", architecture: "amd64" } }, image]);
    };
    await refuses(make, "UNSUPPORTED", "there is none for linux/amd64, only linux/riscv64, windows/amd64");
    await refuses((blobs) => putImage(blobs, { config: { os: "windows" } }), "UNSUPPORTED", "only windows/amd64");
  });

  it("A53 of attestations alone holds no image, and so does one of 10,000 entries or of none", async () => {
    const entry = { mediaType: `${oci}.manifest.v1+json`, digest: digestOf(Buffer.alloc(1)), size: 1, ...attestation };
    await refuses((blobs) => putIndex(blobs, [entry, entry]), "UNSUPPORTED", "it holds no image");
    await refuses((blobs) => putIndex(blobs, []), "UNSUPPORTED", "it holds no image");
    const many = Array.from({ length: 10_000 }, () => entry);
    await refuses((blobs) => putIndex(blobs, many), "SOURCE_REFUSED", "10000 entries, more than the limit of 1024");
  });

  it("A52 that has layers as well is refused", async () => {
    await refuses((blobs) => putIndex(blobs, [], { layers: [] }), "SOURCE_REFUSED", "layers: an index has none");
    await refuses((blobs) => putIndex(blobs, [], { config: {} }), "SOURCE_REFUSED", "config: an index has none");
  });

  it("is opened three deep, and not deeper; nor are more than 16 of them", async () => {
    const nest = (depth: number) => (blobs: Blobs) => {
      let root = putImage(blobs);
      for (let level = 0; level < depth; level += 1) root = putIndex(blobs, [root]);
      return root;
    };
    expect((await resolve(nest(3))).layers).toHaveLength(1);
    await refuses(nest(4), "UNSUPPORTED", "nested more than 3 deep");
    const wide = (blobs: Blobs): Descriptor =>
      putIndex(
        blobs,
        Array.from({ length: 20 }, (_, at) => putIndex(blobs, [], { annotations: { at: String(at) } })),
      );
    await refuses(wide, "UNSUPPORTED", "more than 16 indexes");
  });

  it("that does not say which of many is whose is not read through", async () => {
    const make = (blobs: Blobs): Descriptor =>
      putIndex(
        blobs,
        Array.from({ length: 33 }, (_, at) => putImage(blobs, { config: { made: at } })),
      );
    await refuses(make, "UNSUPPORTED", "33 images that do not say for which platform they are");
  });
});

function descriptor(fields: Fields): Fields {
  return { mediaType: `${oci}.layer.v1.tar`, digest: digestOf(Buffer.alloc(0)), size: 0, ...fields };
}
