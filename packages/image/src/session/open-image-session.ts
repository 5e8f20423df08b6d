import { statSync } from "node:fs";
import {
  BowspritError,
  type Digest,
  ErrorCode,
  type ExtensionLabels,
  limits,
  type Metadata,
  type Platform,
  readLabels,
  readMetadata,
} from "@bowsprit/core";
import type { WrittenImage } from "../extension-image.ts";
import type { OpenedImage } from "../layout/blob-source.ts";
import type { ImageManifest } from "../layout/image-manifest.ts";
import { openArchive } from "../layout/open-archive.ts";
import { openLayoutFolder } from "../layout/open-layout-folder.ts";
import { resolveManifest } from "../layout/resolve-manifest.ts";
import type { ImageTree } from "../tree/create-image-tree.ts";
import type { ImageFile } from "../tree/image-file.ts";
import { createFileWriter } from "./create-file-writer.ts";
import type { ImageLocation, ImageProgress } from "./image-location.ts";
import { readFiles } from "./read-files.ts";
import { scanLayers } from "./scan-layers.ts";
import { selectedFiles } from "./selected-files.ts";

/** What was found. Plain data. */
export interface ImageFacts {
  /** Of the manifest for this platform. */
  readonly digest: Digest;
  /** What the image is called there, the fullest name first; none where nothing says. */
  readonly names: readonly string[];
  readonly metadata: Metadata;
  readonly labels: ExtensionLabels;
  readonly warnings: readonly string[];
}

/** An image that was read through and verified. Everything here works where it is called: in a thread of its own. */
export interface ImageSession extends AsyncDisposable {
  readonly facts: ImageFacts;
  readText(path: string, maxBytes: number): Promise<string>;
  /** Writes what the metadata name, and `paths` besides. */
  write(target: string, paths: readonly string[]): Promise<WrittenImage>;
}

export interface ImageSessionOptions {
  readonly platform: Platform;
  /** A private folder of ours for what must be uncompressed; made when it is needed. */
  readonly staging: string;
  readonly onProgress: (progress: ImageProgress) => void;
}

/**
 * Opens an image, reads it once from end to end, and reads its metadata.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `DIGEST_MISMATCH`, `UNSUPPORTED` for no image of this platform,
 * `METADATA_MISSING`, `METADATA_INVALID`, `MESSAGE_TOO_LARGE`.
 */
export async function openImageSession(location: ImageLocation, options: ImageSessionOptions): Promise<ImageSession> {
  const opened = await open(location, options);
  try {
    const manifest = await resolveManifest(opened.source, opened.roots, { platform: options.platform });
    const image = { source: opened.source, manifest };
    const count = counter("read", storedBytes(manifest), options);
    const tree = await scanLayers(opened.source, manifest, { onBytes: count });
    const bytes = await contentOf(image, metadataFile(tree, opened.source.location), limits.metadataBytes + 1);
    const { metadata, warnings } = readMetadata(bytes);
    const labels = readLabels(manifest.config.labels);
    return {
      facts: {
        digest: manifest.digest,
        names: opened.names,
        metadata,
        labels: labels.labels,
        warnings: [...warnings, ...labels.warnings],
      },
      readText: async (path, maxBytes) => (await contentOf(image, tree.file(path), maxBytes)).toString("utf8"),
      async write(target, paths) {
        const files = selectedFiles(tree, metadata, paths);
        using sink = createFileWriter(target);
        await readFiles(image, files, { sink, onBytes: counter("write", storedBytes(manifest, files), options) });
        return { digest: manifest.digest, files: sink.files.toSorted(byPath), warnings: [] };
      },
      [Symbol.asyncDispose]: () => opened.source[Symbol.asyncDispose](),
    };
  } catch (error) {
    await opened.source[Symbol.asyncDispose]();
    throw error;
  }
}

async function open({ kind, path, name }: ImageLocation, options: ImageSessionOptions): Promise<OpenedImage> {
  const named = name === undefined ? {} : { name };
  if (kind === "layout") return openLayoutFolder(path, named);
  const total = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return openArchive(path, { ...named, staging: options.staging, onBytes: counter("unpack", total, options) });
}

function metadataFile(tree: ImageTree, location: string): ImageFile {
  try {
    return tree.file("metadata.json");
  } catch (error) {
    if (!BowspritError.is(error, ErrorCode.SourceNotFound)) throw error;
    throw new BowspritError(ErrorCode.MetadataMissing, `open the image in ${location}: it holds no metadata.json`, {
      cause: error,
      hint: "Only an extension's image has one at its root; this is another image, or the file is in another place.",
    });
  }
}

async function contentOf(image: Parameters<typeof readFiles>[0], file: ImageFile, maxBytes: number): Promise<Buffer> {
  if (file.size > maxBytes) {
    const attempt = `read ${file.path} of the image in ${image.source.location}`;
    throw new BowspritError(ErrorCode.MessageTooLarge, `${attempt}: over ${maxBytes} bytes`, {
      hint: "Make the file smaller.",
    });
  }
  const chunks: Buffer[] = [];
  const sink = { begin() {}, data: (chunk: Buffer) => void chunks.push(Buffer.from(chunk)), end() {} };
  await readFiles(image, [file], { sink });
  return Buffer.concat(chunks);
}

/** Of all layers, or of those that hold some files. */
function storedBytes({ layers }: ImageManifest, files?: readonly ImageFile[]): number {
  const read = layers.filter((_, index) => files?.some(({ layer }) => layer === index) ?? true);
  return read.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
}

function counter(
  phase: ImageProgress["phase"],
  total: number,
  { onProgress }: ImageSessionOptions,
): (bytes: number) => void {
  let done = 0;
  return (bytes) => onProgress({ phase, bytes: (done += bytes), total });
}

/** By bytes, as the digest of a folder has them. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}
