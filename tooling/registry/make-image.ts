import { createHash } from "node:crypto";

/** Bytes as a registry keeps them. */
export interface TestDocument {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** A manifest with its blobs. */
export interface TestImage extends TestDocument {
  readonly blobs: readonly TestDocument[];
  readonly platform: { readonly os: string; readonly architecture: string };
}

const oci = "application/vnd.oci.image";

/** An image of such layers; what they hold no registry looks at. */
export function makeImage(layers: readonly Buffer[], architecture = "amd64"): TestImage {
  const platform = { os: "linux", architecture };
  const contents = layers.map((bytes) => documentOf(`${oci}.layer.v1.tar`, bytes));
  const rootfs = { type: "layers", diff_ids: contents.map(({ digest }) => digest) };
  const config = documentOf(`${oci}.config.v1+json`, jsonOf({ ...platform, rootfs }));
  const manifest = {
    schemaVersion: 2,
    mediaType: `${oci}.manifest.v1+json`,
    config: descriptorOf(config),
    layers: contents.map(descriptorOf),
  };
  return { ...documentOf(manifest.mediaType, jsonOf(manifest)), blobs: [config, ...contents], platform };
}

/** An index of images. */
export function makeIndex(images: readonly TestImage[]): TestDocument {
  const mediaType = `${oci}.index.v1+json`;
  const manifests = images.map((image) => ({ ...descriptorOf(image), platform: image.platform }));
  return documentOf(mediaType, jsonOf({ schemaVersion: 2, mediaType, manifests }));
}

function descriptorOf({ mediaType, digest, bytes }: TestDocument): object {
  return { mediaType, digest, size: bytes.length };
}

function documentOf(mediaType: string, bytes: Buffer): TestDocument {
  return { mediaType, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, bytes };
}

function jsonOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
