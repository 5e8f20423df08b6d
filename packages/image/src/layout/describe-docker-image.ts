import { createHash } from "node:crypto";
import { BowspritError, type Digest, ErrorCode, parseDigest } from "@bowsprit/core";
import type { ArchiveFile } from "./archive-file.ts";
import { magicBytes, sniffCompression } from "./compression.ts";
import type { Descriptor } from "./descriptor.ts";
import { readFields } from "./document-fields.ts";
import { ociConfig, ociLayer, ociManifest } from "./media-types.ts";
import { checkDocumentSize, parseDocument } from "./parse-document.ts";
import { readConfig } from "./read-config.ts";
import type { DockerImage } from "./read-docker-manifest.ts";
import { type FileRange, readRange, readWhole } from "./read-range.ts";
import { mismatch } from "./verify-blob.ts";

/** An image of an archive without manifests, with the manifest that was made for it. */
export interface DescribedImage {
  readonly root: Descriptor;
  readonly manifest: Buffer;
  readonly blobs: ReadonlyMap<Digest, FileRange>;
}

/**
 * Makes the manifest of an image that has only a configuration and layers: what they must be, the configuration says. Its own digest
 * is part of its name wherever engines write it. Layers that are stored compressed, which engines do not do, are digested here.
 * @throws BowspritError `SOURCE_REFUSED`, `DIGEST_MISMATCH`, `MESSAGE_TOO_LARGE`, `UNSUPPORTED`, `ABORTED`.
 */
export async function describeDockerImage(archive: ArchiveFile, image: DockerImage): Promise<DescribedImage> {
  const blobs = new Map<Digest, FileRange>();
  const add = (mediaType: string, digest: Digest, range: FileRange): Descriptor => {
    blobs.set(digest, range);
    return { mediaType, digest, size: range.size };
  };
  const configRange = find(archive, image.config);
  const { digest: configDigest, diffIds } = await readConfigFile(archive, image.config, configRange);
  const config = add(ociConfig, configDigest, configRange);
  if (diffIds.length !== image.layers.length) {
    const why = `${image.config}: ${diffIds.length} layers, but manifest.json knows ${image.layers.length}`;
    throw new BowspritError(ErrorCode.SourceRefused, `open the archive ${archive.location}: ${why}`);
  }
  const layers: Descriptor[] = [];
  for (const [at, diffId] of diffIds.entries()) {
    const name = image.layers[at] ?? "";
    const range = find(archive, name);
    const options = { attempt: `read ${name} of ${archive.location}`, signal: archive.signal };
    const head = await readWhole(archive.handle, { ...range, size: Math.min(magicBytes, range.size) }, options);
    const compression = sniffCompression(head);
    const digest = compression === "none" ? diffId : await digestOf(readRange(archive.handle, range, options));
    layers.push(add(ociLayer(compression), digest, range));
  }
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: ociManifest, config, layers }));
  const root = { mediaType: ociManifest, digest: toDigest(manifest), size: manifest.length };
  return { root, manifest, blobs };
}

async function readConfigFile(
  archive: ArchiveFile,
  name: string,
  range: FileRange,
): Promise<{ digest: Digest; diffIds: readonly Digest[] }> {
  const what = `${name} of ${archive.location}`;
  checkDocumentSize(range.size, what);
  const bytes = await readWhole(archive.handle, range, { attempt: `read ${what}`, signal: archive.signal });
  const digest = toDigest(bytes);
  const promised = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/u.exec(name)?.[1];
  if (promised !== undefined && digest !== `sha256:${promised}`)
    throw mismatch(`read ${what}`, `its digest is ${digest}, not the one in its name`);
  return {
    digest,
    diffIds: readConfig(readFields(parseDocument(bytes, what), `read ${what}`), `read ${what}`).diffIds,
  };
}

function find(archive: ArchiveFile, name: string): FileRange {
  const range = archive.files.find(name);
  if (range !== undefined) return range;
  const why = `manifest.json names ${JSON.stringify(name.slice(0, 200))}, which is not in it`;
  throw new BowspritError(ErrorCode.SourceRefused, `open the archive ${archive.location}: ${why}`, {
    hint: "Save the image again, with docker save or skopeo copy.",
  });
}

async function digestOf(chunks: AsyncIterable<Buffer>): Promise<Digest> {
  const hash = createHash("sha256");
  for await (const chunk of chunks) hash.update(chunk);
  return parseDigest(`sha256:${hash.digest("hex")}`);
}

function toDigest(bytes: Buffer): Digest {
  return parseDigest(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
}
