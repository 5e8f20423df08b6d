import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { type Digest, parseDigest } from "@bowsprit/core";
import type { Descriptor } from "../../src/layout/descriptor.ts";
import { end, header, member } from "../tar/tar-archive.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Whatever images a test makes, by digest: as they lie in a layout. */
export type Blobs = Map<Digest, Buffer>;

export const oci = "application/vnd.oci.image";

/** What to make of an image; every document can be given further fields, or other ones. */
export interface ImagePlan {
  /** Tar archives, the base first. */
  readonly layers?: readonly Buffer[];
  readonly stored?: "none" | "gzip" | "zstd";
  readonly config?: Fields;
  readonly manifest?: Fields;
  readonly descriptor?: Fields;
}

export function digestOf(bytes: Buffer): Digest {
  return parseDigest(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
}

export function layer(files: Readonly<Record<string, string | Buffer>>): Buffer {
  return Buffer.concat([...Object.entries(files).map(([name, data]) => member({ name }, data)), end]);
}

/** Puts bytes among the blobs and describes them. */
export function put(blobs: Blobs, bytes: Buffer | Fields, mediaType: string): Descriptor {
  const data = Buffer.isBuffer(bytes) ? bytes : Buffer.from(JSON.stringify(bytes));
  const digest = digestOf(data);
  blobs.set(digest, data);
  return { mediaType, digest, size: data.length };
}

const stores = { none: (bytes: Buffer): Buffer => bytes, gzip: gzipSync, zstd: zstdCompressSync } as const;

/** Makes an image, of one layer and for linux/amd64 where the plan does not say, and returns the descriptor of its manifest. */
export function putImage(blobs: Blobs, plan: ImagePlan = {}): Descriptor {
  const { layers = [layer({ "metadata.json": "{}" })], stored = "none" } = plan;
  const suffix = stored === "none" ? "" : `+${stored}`;
  const config = put(
    blobs,
    {
      os: "linux",
      architecture: "amd64",
      config: { Labels: { "org.opencontainers.image.title": "Hello" } },
      rootfs: { type: "layers", diff_ids: layers.map(digestOf) },
      ...plan.config,
    },
    `${oci}.config.v1+json`,
  );
  const manifest = {
    schemaVersion: 2,
    mediaType: `${oci}.manifest.v1+json`,
    config,
    layers: layers.map((tar) => put(blobs, stores[stored](tar), `${oci}.layer.v1.tar${suffix}`)),
    ...plan.manifest,
  };
  return { ...put(blobs, manifest, `${oci}.manifest.v1+json`), ...plan.descriptor };
}

export function putIndex(blobs: Blobs, manifests: readonly unknown[], further: Fields = {}): Descriptor {
  const index = { schemaVersion: 2, mediaType: `${oci}.index.v1+json`, manifests, ...further };
  return put(blobs, index, index.mediaType);
}

/** The files of an OCI layout, by name. */
export function layoutFiles(blobs: Blobs, roots: readonly unknown[]): Readonly<Record<string, Buffer>> {
  return {
    "oci-layout": Buffer.from('{"imageLayoutVersion": "1.0.0"}'),
    "index.json": Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: roots })),
    ...Object.fromEntries([...blobs].map(([digest, bytes]) => [`blobs/${digest.replace(":", "/")}`, bytes])),
  };
}

export async function writeFiles(folder: string, files: Readonly<Record<string, Buffer>>): Promise<string> {
  await mkdir(join(folder, "blobs/sha256"), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}

/** An archive of files and, where a text is given, of links to others. */
export function archiveOf(files: Readonly<Record<string, Buffer | string>>): Buffer {
  const entries = Object.entries(files).map(([name, data]) =>
    typeof data === "string" ? header({ name, type: "2", link: data }) : member({ name }, data),
  );
  return Buffer.concat([...entries, end]);
}
