import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import { blobName } from "./blob-name.ts";
import type { BlobSource, OpenedImage } from "./blob-source.ts";
import type { Descriptor } from "./descriptor.ts";
import { openPlainFileInside } from "./open-plain-file.ts";
import { checkDocumentSize } from "./parse-document.ts";
import { readLayoutIndex } from "./read-layout-index.ts";
import { readRange, readWhole } from "./read-range.ts";
import { mismatch, verifyBlob } from "./verify-blob.ts";

/**
 * Opens an OCI layout folder and chooses the image called `name` in it, by default the only one. Reads `oci-layout` and `index.json`.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `INVALID_ARGUMENT` where a name is needed, `UNSUPPORTED`,
 * `MESSAGE_TOO_LARGE`.
 */
export async function openLayoutFolder(path: string, options: { readonly name?: string } = {}): Promise<OpenedImage> {
  const named = resolve(path);
  const location = await realpath(named).catch((error: unknown) => {
    const codes = {
      ENOENT: ErrorCode.SourceNotFound,
      ENOTDIR: ErrorCode.SourceNotFound,
      EACCES: ErrorCode.SourceRefused,
    };
    throw fromNodeError(error, { attempt: `open the OCI layout ${named}`, codes, hint: "Check the path." });
  });
  const files = { layout: await readTop(location, "oci-layout"), index: await readTop(location, "index.json") };
  return { source: createFolderSource(location), ...readLayoutIndex(files, options.name, location) };
}

/** `location` has no links in it. */
function createFolderSource(location: string): BlobSource {
  return {
    location,
    read: (descriptor, signal) => readBlob(location, descriptor, signal),
    async [Symbol.asyncDispose]() {},
  };
}

async function* readBlob(
  location: string,
  descriptor: Descriptor,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  const attempt = `read the blob ${descriptor.digest} of ${location}`;
  await using file = await openPlainFileInside(location, blobName(descriptor.digest));
  if (file.size !== descriptor.size) throw mismatch(attempt, `${file.size} bytes, not ${descriptor.size}`);
  yield* verifyBlob(readRange(file.handle, { offset: 0, size: file.size }, { attempt, signal }), descriptor, attempt);
}

async function readTop(location: string, name: string): Promise<Buffer> {
  const attempt = `read ${name} of the folder ${location}`;
  try {
    await using file = await openPlainFileInside(location, name);
    checkDocumentSize(file.size, `${name} of ${location}`);
    return await readWhole(file.handle, { offset: 0, size: file.size }, { attempt, signal: undefined });
  } catch (error) {
    if (!BowspritError.is(error, ErrorCode.SourceNotFound)) throw error;
    throw new BowspritError(ErrorCode.SourceNotFound, `open the OCI layout ${location}: it holds no ${name}`, {
      cause: error,
      hint: "Give the folder of an OCI layout: oci-layout and index.json are at its top.",
    });
  }
}
