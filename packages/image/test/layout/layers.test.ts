import { createHash } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import type { LayerDescriptor } from "../../src/layout/image-manifest.ts";
import type { Compression } from "../../src/layout/compression.ts";
import { createByteBudget } from "../../src/layout/byte-budget.ts";
import { readLayer } from "../../src/layout/read-layer.ts";
import { type Blobs, digestOf, layer, oci, put } from "./image-builder.ts";
import { readLayerWhole, sourceOf } from "./read-image.ts";

/** Bytes that do not compress, the same in every run. */
function noise(length: number): Buffer {
  return createHash("shake256", { outputLength: length }).update("noise").digest();
}

const tar = layer({ "a.bin": noise(20_000), zeros: Buffer.alloc(100_000), "b.txt": "b" });
const stored = { none: tar, gzip: gzipSync(tar), zstd: zstdCompressSync(tar) };
const forms = ["none", "gzip", "zstd"] as const;
const compressed = ["gzip", "zstd"] as const;

function describeLayer(blobs: Blobs, bytes: Buffer, compression: Compression): LayerDescriptor {
  return { descriptor: put(blobs, bytes, `${oci}.layer.v1.tar`), compression, diffId: digestOf(tar) };
}

/** Reads bytes as a layer that is stored like this; `cut` is the size of the pieces that the source hands on. */
async function read(bytes: Buffer, compression: Compression, cut?: number): Promise<Buffer> {
  const blobs: Blobs = new Map();
  const described = describeLayer(blobs, bytes, compression);
  return readLayerWhole(sourceOf(blobs, cut), described);
}

async function refuses(bytes: Buffer, compression: Compression, why: string): Promise<void> {
  for (const cut of [undefined, 1000, bytes.length - 1])
    await expect(read(bytes, compression, cut)).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringContaining(why),
    });
}

describe.each(forms)("a layer stored by %s", (form) => {
  it("is read whatever pieces it comes in, and its bytes are counted as they are stored", async () => {
    for (const cut of [211, 4096, 1_000_000]) {
      const blobs: Blobs = new Map();
      const described = describeLayer(blobs, stored[form], form);
      let bytes = 0;
      const whole = await readLayerWhole(sourceOf(blobs, cut), described, { onBytes: (more) => (bytes += more) });
      expect(whole.equals(tar)).toBe(true);
      expect(bytes).toBe(stored[form].length);
    }
  });

  it("A50 is refused when a bit of it was changed, before anybody hears that it ended", async () => {
    const blobs: Blobs = new Map();
    const described = describeLayer(blobs, stored[form], form);
    const changed = Buffer.from(stored[form]);
    changed[1000] = (changed[1000] ?? 0) ^ 1;
    blobs.set(described.descriptor.digest, changed);
    await expect(readLayerWhole(sourceOf(blobs), described)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:DIGEST_MISMATCH|SOURCE_REFUSED)$/u),
    });
  });

  it("A38 is refused when it is shorter or longer than promised", async () => {
    for (const change of [stored[form].subarray(0, -1), Buffer.concat([stored[form], Buffer.alloc(1)])]) {
      const blobs: Blobs = new Map();
      const described = describeLayer(blobs, stored[form], form);
      blobs.set(described.descriptor.digest, change);
      await expect(readLayerWhole(sourceOf(blobs), described)).rejects.toMatchObject({ code: "DIGEST_MISMATCH" });
    }
  });

  it("is refused when its media type says something else", async () => {
    for (const other of forms.filter((one) => one !== form)) await refuses(stored[form], other, "its media type says");
  });

  it("ends at a signal, and a reader that stops early leaves nothing waiting", async () => {
    const blobs: Blobs = new Map();
    const described = describeLayer(blobs, stored[form], form);
    const stop = new AbortController();
    const chunks = readLayer(sourceOf(blobs, 1000), described, { signal: stop.signal });
    expect((await chunks.next()).done).toBe(false);
    stop.abort(new Error("enough"));
    await expect(chunks.next()).rejects.toMatchObject({ code: "ABORTED", cause: { message: "enough" } });
    for await (const chunk of readLayer(sourceOf(blobs, 1000), described)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });

  it("counts against the budget of its image", async () => {
    const blobs: Blobs = new Map();
    const described = describeLayer(blobs, stored[form], form);
    const budget = createByteBudget(tar.length);
    await readLayerWhole(sourceOf(blobs), described, { budget });
    await expect(readLayerWhole(sourceOf(blobs), described, { budget })).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringContaining(`more than ${tar.length} bytes uncompressed`),
    });
  });
});

describe.each(compressed)("a layer compressed by %s", (form) => {
  const compress = form === "gzip" ? gzipSync : zstdCompressSync;

  it("may be made of several streams, some of them empty", async () => {
    const parts = [tar.subarray(0, 100), tar.subarray(100, 100), tar.subarray(100, 70_000), tar.subarray(70_000)];
    const bytes = Buffer.concat(parts.map((part) => compress(part)));
    for (const cut of [undefined, 211]) expect((await read(bytes, form, cut)).equals(tar)).toBe(true);
  });

  it("is refused when something follows after its end, be it zeros", async () => {
    for (const rest of ["\0", "\0\0\0\0\0\0\0\0", "garbage that follows", "\u001f"]) {
      const bytes = Buffer.concat([stored[form], Buffer.from(rest, "latin1")]);
      await expect(read(bytes, form)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
      await expect(read(bytes, form, stored[form].length)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
    }
  });

  it("A38 is refused when its stream is cut off anywhere, though digests are right", async () => {
    for (const length of [1, 5, 9, 100, stored[form].length - 5, stored[form].length - 1])
      await expect(read(stored[form].subarray(0, length), form)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
  });

  it("is refused when it is not what the configuration promised, though it is whole", async () => {
    const blobs: Blobs = new Map();
    const described = { ...describeLayer(blobs, stored[form], form), diffId: digestOf(Buffer.from("another")) };
    await expect(readLayerWhole(sourceOf(blobs), described)).rejects.toMatchObject({
      code: "DIGEST_MISMATCH",
      message: expect.stringContaining("uncompressed its digest is"),
    });
  });

  it("is not uncompressed faster than it is read", async () => {
    const big = noise(8_000_000);
    const blobs: Blobs = new Map();
    const described = { ...describeLayer(blobs, compress(big), form), diffId: digestOf(big) };
    let bytes = 0;
    const chunks = readLayer(sourceOf(blobs, 16_384), described, { onBytes: (more) => (bytes += more) });
    await chunks.next();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(bytes).toBeLessThan(described.descriptor.size / 2);
    await chunks.return();
  });
});

describe("a layer compressed by zstd", () => {
  const skip = Buffer.from("502a4d1803000000aabbcc", "hex");

  it("may hold frames that are to be skipped, as those have that can be read in part", async () => {
    const bytes = Buffer.concat([skip, stored.zstd, skip, skip, zstdCompressSync(Buffer.alloc(0)), skip]);
    for (const cut of [undefined, 211]) expect((await read(bytes, "zstd", cut)).equals(tar)).toBe(true);
  });

  it("is refused when it holds nothing else, or asks for more memory than 64 MiB", async () => {
    await refuses(skip, "zstd", "it ends too early");
    // A frame of one raw block, whose header asks for a window of 128 MiB.
    await refuses(Buffer.from("28b52ffd0088090000aa", "hex"), "zstd", "not to be read as zstd");
  });
});

test("an empty layer is read", async () => {
  const blobs: Blobs = new Map();
  const empty = Buffer.alloc(0);
  expect(
    await readLayerWhole(sourceOf(blobs), { ...describeLayer(blobs, empty, "none"), diffId: digestOf(empty) }),
  ).toEqual(empty);
});
