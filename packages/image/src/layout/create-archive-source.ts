import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ArchiveFile } from "./archive-file.ts";
import { blobName } from "./blob-name.ts";
import type { BlobSource } from "./blob-source.ts";
import type { DescribedImage } from "./describe-docker-image.ts";
import type { Descriptor } from "./descriptor.ts";
import { readRange } from "./read-range.ts";
import { mismatch, verifyBlob } from "./verify-blob.ts";

/** The source that an archive is; disposing of it closes the archive. `described` where the archive is older than the OCI layout. */
export function createArchiveSource(archive: ArchiveFile, described?: DescribedImage): BlobSource {
  return {
    location: archive.location,
    read(descriptor, signal) {
      const attempt = `read the blob ${descriptor.digest} of ${archive.location}`;
      const chunks =
        descriptor.digest === described?.root.digest
          ? readMade(described.manifest)
          : readStored(archive, described, { descriptor, attempt, signal });
      return verifyBlob(chunks, descriptor, attempt);
    },
    [Symbol.asyncDispose]: async () => archive.handle.close(),
  };
}

async function* readMade(manifest: Buffer): AsyncGenerator<Buffer, void, void> {
  yield manifest;
}

async function* readStored(
  archive: ArchiveFile,
  described: DescribedImage | undefined,
  wanted: { readonly descriptor: Descriptor; readonly attempt: string; readonly signal: AbortSignal | undefined },
): AsyncGenerator<Buffer, void, void> {
  const { descriptor, attempt, signal } = wanted;
  const range =
    described === undefined ? archive.files.find(blobName(descriptor.digest)) : described.blobs.get(descriptor.digest);
  if (range === undefined)
    throw new BowspritError(ErrorCode.SourceNotFound, `${attempt}: it is not there`, {
      hint: "The archive holds only a part of the image: save it again, for this platform.",
    });
  if (range.size !== descriptor.size) throw mismatch(attempt, `${range.size} bytes, not ${descriptor.size}`);
  yield* readRange(archive.handle, range, { attempt, signal });
}
