import { resolve } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { ArchiveFile } from "./archive-file.ts";
import type { OpenedImage } from "./blob-source.ts";
import { foreignForm, magicBytes, sniffCompression } from "./compression.ts";
import { createArchiveSource } from "./create-archive-source.ts";
import { describeDockerImage } from "./describe-docker-image.ts";
import { indexArchive } from "./index-archive.ts";
import { openPlainFile, type PlainFile } from "./open-plain-file.ts";
import { checkDocumentSize } from "./parse-document.ts";
import { readDockerManifest } from "./read-docker-manifest.ts";
import { readLayoutIndex } from "./read-layout-index.ts";
import { readWhole } from "./read-range.ts";
import { unpackArchive } from "./unpack-archive.ts";

export interface OpenArchiveOptions {
  /** A private folder of ours that a compressed archive is uncompressed into, without a name; never the system's own. */
  readonly staging: string;
  /** Which of several images: a reference, or whatever the archive calls it. */
  readonly name?: string;
  readonly signal?: AbortSignal;
  /** Told of each piece of a compressed archive that was read; all of them together are its size. A plain one is not read through. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Opens an archive of images, plain or compressed by gzip or zstd whatever its name says: an OCI archive, or one that `docker save` of
 * any age, podman, skopeo or kaniko made. Chooses the image called `name`, by default the only one. Nothing but regular files of the
 * archive is read, and nothing is written but a compressed archive's plain form.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `DIGEST_MISMATCH`, `INVALID_ARGUMENT` where a name is needed,
 * `UNSUPPORTED`, `MESSAGE_TOO_LARGE`, `HOME_UNUSABLE` where it cannot be uncompressed, `ABORTED`.
 */
export async function openArchive(path: string, options: OpenArchiveOptions): Promise<OpenedImage> {
  const location = resolve(path);
  const attempt = `open the archive ${location}`;
  try {
    const file = await openPlain(location, attempt, options);
    try {
      return await openIndexed(file, location, options);
    } catch (error) {
      await file[Symbol.asyncDispose]();
      throw error;
    }
  } catch (error) {
    throw fromNodeError(error, { attempt });
  }
}

/** The archive, or what it is when it is uncompressed. */
async function openPlain(location: string, attempt: string, options: OpenArchiveOptions): Promise<PlainFile> {
  const { signal, staging, onBytes } = options;
  const file = await openPlainFile(location, attempt);
  try {
    const range = { offset: 0, size: Math.min(magicBytes, file.size) };
    const head = await readWhole(file.handle, range, { attempt, signal });
    const compression = sniffCompression(head);
    if (compression !== "none") {
      await using stored = file;
      return await unpackArchive(stored, compression, { attempt, signal, staging, onBytes });
    }
    const foreign = foreignForm(head);
    if (foreign === undefined) return file;
    throw new BowspritError(ErrorCode.Unsupported, `${attempt}: it is stored by ${foreign}`, {
      hint: "Unpack it first: plain tar, gzip and zstd are read.",
    });
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

async function openIndexed(file: PlainFile, location: string, options: OpenArchiveOptions): Promise<OpenedImage> {
  const { signal, name } = options;
  const attempt = `open the archive ${location}`;
  const { handle } = file;
  const files = await indexArchive(handle, file.size, { attempt, signal });
  const archive: ArchiveFile = { location, handle, files, signal };
  const index = await readTop(archive, "index.json");
  const layout = await readTop(archive, "oci-layout");
  if (index !== undefined && layout !== undefined)
    return { source: createArchiveSource(archive), ...readLayoutIndex({ layout, index }, name, location) };
  const manifest = await readTop(archive, "manifest.json");
  if (manifest === undefined)
    throw new BowspritError(ErrorCode.SourceNotFound, `${attempt}: it holds no image`, {
      hint: "Give what docker save or skopeo copy wrote: manifest.json or index.json is at its top.",
    });
  const image = readDockerManifest(manifest, name, location);
  const described = await describeDockerImage(archive, image);
  return { source: createArchiveSource(archive, described), roots: [described.root], names: image.names };
}

async function readTop({ files, handle, location, signal }: ArchiveFile, name: string): Promise<Buffer | undefined> {
  const range = files.find(name);
  if (range === undefined) return undefined;
  checkDocumentSize(range.size, `${name} of ${location}`);
  return readWhole(handle, range, { attempt: `read ${name} of ${location}`, signal });
}
