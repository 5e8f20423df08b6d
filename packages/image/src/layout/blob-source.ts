import type { Descriptor } from "./descriptor.ts";

/** Where an image's blobs come from: an OCI layout folder, an archive, a folder that a registry was downloaded into. Disposing of it closes what it reads. */
export interface BlobSource extends AsyncDisposable {
  /** For messages. */
  readonly location: string;
  /**
   * The bytes of a blob, verified while they pass. A chunk is valid until the next one is asked for: whoever keeps it copies it.
   * @throws BowspritError `DIGEST_MISMATCH` at the end at the latest when size or digest are not those of the descriptor,
   * `SOURCE_NOT_FOUND` for a blob that is not there, `SOURCE_REFUSED`, `ABORTED`.
   */
  read(descriptor: Descriptor, signal?: AbortSignal): AsyncIterable<Buffer>;
}

/** What was found where an image was looked for. */
export interface OpenedImage {
  /** The caller's to dispose of. */
  readonly source: BlobSource;
  /** The image; several descriptors are one image for several platforms. Never empty. */
  readonly roots: readonly Descriptor[];
  /** What the image is called there, the fullest name first: `docker.io/vendor/name:1.0`, or only `1.0`. */
  readonly names: readonly string[];
}
