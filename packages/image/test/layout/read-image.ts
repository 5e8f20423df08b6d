import type { Platform } from "@bowsprit/core";
import type { BlobSource, OpenedImage } from "../../src/layout/blob-source.ts";
import type { Descriptor } from "../../src/layout/descriptor.ts";
import type { ImageManifest, LayerDescriptor } from "../../src/layout/image-manifest.ts";
import { readLayer, type ReadLayerOptions } from "../../src/layout/read-layer.ts";
import { resolveManifest } from "../../src/layout/resolve-manifest.ts";
import { mismatch, verifyBlob } from "../../src/layout/verify-blob.ts";
import type { Blobs } from "./image-builder.ts";

export const linux: Platform = { os: "linux", arch: "x64" };

/** Blobs in memory, handed on in pieces of `cut` bytes. */
export function sourceOf(blobs: Blobs, cut = 65_536): BlobSource {
  async function* pieces({ digest }: Descriptor): AsyncGenerator<Buffer, void, void> {
    const bytes = blobs.get(digest);
    if (bytes === undefined) throw mismatch(`read ${digest}`, "not made by this test");
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
  }
  return {
    location: "memory",
    read: (descriptor) => verifyBlob(pieces(descriptor), descriptor, `read the blob ${descriptor.digest} of memory`),
    async [Symbol.asyncDispose]() {},
  };
}

export async function readLayerWhole(
  source: BlobSource,
  layer: LayerDescriptor,
  options: ReadLayerOptions = {},
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readLayer(source, layer, options)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** What there is of an image: its manifest and its layers, uncompressed. The source is closed. */
export async function readImage(
  image: OpenedImage,
  platform: Platform = linux,
): Promise<{ manifest: ImageManifest; layers: readonly Buffer[] }> {
  await using source = image.source;
  const manifest = await resolveManifest(source, image.roots, { platform });
  const layers: Buffer[] = [];
  for (const layer of manifest.layers) layers.push(await readLayerWhole(source, layer));
  return { manifest, layers };
}
