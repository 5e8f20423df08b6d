import { mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { type CallOptions, parseImageRef, type Platform } from "@bowsprit/core";
import type { ExtensionImage, WrittenImage } from "./extension-image.ts";
import type { ImageLocation, ImageProgress } from "./session/image-location.ts";
import type { ImageFacts } from "./session/open-image-session.ts";
import { startImageThread } from "./start-image-thread.ts";

export interface OpenImageOptions extends Pick<CallOptions, "signal"> {
  /** The computer that the image is for: chooses among the images of several platforms. */
  readonly platform: Platform;
  /** A private folder of ours, made when it is missing: a compressed archive is uncompressed there, into a file without a name. */
  readonly staging: string;
  /** Told how far it is, some twenty times a second. */
  readonly onProgress?: (progress: ImageProgress) => void;
}

/**
 * Opens an extension's image in an archive or an OCI layout folder: reads it once from end to end in a thread of its own, verifies every
 * digest, and reads its `metadata.json`. Nothing of it is written. `signal` holds for as long as it is open.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `DIGEST_MISMATCH`, `UNSUPPORTED` for no image of this platform,
 * `METADATA_MISSING`, `METADATA_INVALID`, `MESSAGE_TOO_LARGE`, `INVALID_ARGUMENT` where one of several must be named, `ABORTED`.
 */
export async function openImage(location: ImageLocation, options: OpenImageOptions): Promise<ExtensionImage> {
  const { platform, staging, signal, onProgress = () => undefined } = options;
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const thread = startImageThread({ data: { location, platform, staging }, onProgress, ...(signal && { signal }) });
  try {
    const facts = (await thread.opened) as ImageFacts;
    const { metadata, labels, warnings, digest } = facts;
    return {
      kind: location.kind,
      location: location.path,
      ...nameOf(facts, location),
      metadata,
      labels,
      digest,
      warnings,
      readText: async (path, maxBytes) => (await thread.ask({ ask: "readText", path, maxBytes })) as string,
      async write(target, { paths, signal: own }) {
        return (await thread.ask({ ask: "write", target, paths }, own && { signal: own })) as WrittenImage;
      },
      [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
    };
  } catch (error) {
    await thread[Symbol.asyncDispose]();
    throw error;
  }
}

/** What its id is made of, and the reference it goes by. An image without a name takes that of its metadata, or of its file. */
function nameOf(
  { names, metadata }: ImageFacts,
  { path, name: asked }: ImageLocation,
): Pick<ExtensionImage, "name" | "reference"> {
  for (const text of asked === undefined ? names : [asked, ...names]) {
    const reference = referenceOf(text);
    if (reference !== undefined) return { name: reference.familiarName, reference };
  }
  const fileName = basename(path).replace(/\.(?:tar|tgz|tar\.gz|tar\.zst|oci|zip)$/iu, "");
  return { name: metadata.name ?? fileName, reference: null };
}

/** A layout may call an image by its tag alone: that is no reference. */
function referenceOf(text: string): ReturnType<typeof parseImageRef> | undefined {
  try {
    const reference = parseImageRef(text);
    return /[/:@]/u.test(text) ? reference : undefined;
  } catch {
    return undefined;
  }
}
