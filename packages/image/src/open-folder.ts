import { realpath } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { BowspritError, ErrorCode, fromNodeError, limits, readMetadata } from "@bowsprit/core";
import type { ExtensionImage } from "./extension-image.ts";
import { readInside } from "./read-inside.ts";
import { writeFolder } from "./write-folder.ts";

/**
 * Opens the folder that an extension's image would be made of, and reads its `metadata.json`.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `METADATA_MISSING`, `METADATA_INVALID`.
 */
export async function openFolder(path: string): Promise<ExtensionImage> {
  const named = resolve(path);
  const attempt = `open the folder ${named}`;
  const codes = {
    ENOENT: ErrorCode.SourceNotFound,
    ENOTDIR: ErrorCode.SourceNotFound,
    EACCES: ErrorCode.SourceRefused,
  };
  const location = await realpath(named).catch((error: unknown) => {
    throw fromNodeError(error, { attempt, codes, hint: "Check the path." });
  });
  const { metadata, warnings } = readMetadata(await readMetadataFile(location));
  return {
    kind: "folder",
    location,
    reference: null,
    digest: null,
    labels: null,
    name: metadata.name ?? basename(named),
    metadata,
    warnings,
    async readText(file, maxBytes) {
      return (await readInside(location, file, maxBytes)).toString("utf8");
    },
    write: (target, options) => writeFolder({ location, metadata }, target, options),
    async [Symbol.asyncDispose]() {},
  };
}

async function readMetadataFile(location: string): Promise<Buffer> {
  try {
    return await readInside(location, "metadata.json", limits.metadataBytes + 1);
  } catch (error) {
    if (!BowspritError.is(error, ErrorCode.SourceNotFound)) throw error;
    throw new BowspritError(ErrorCode.MetadataMissing, `open the folder ${location}: it holds no metadata.json`, {
      cause: error,
      hint: "Give the folder that an extension's image is made of: metadata.json is at its top.",
    });
  }
}
