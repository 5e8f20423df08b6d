import type { BlobSource } from "./blob-source.ts";
import type { Descriptor } from "./descriptor.ts";
import type { ImageManifest } from "./image-manifest.ts";
import { readConfig } from "./read-config.ts";
import { readDocument } from "./read-document.ts";
import { readManifest } from "./read-manifest.ts";
import { mismatch } from "./verify-blob.ts";

/**
 * Reads the manifest of one image and its configuration, and sees that they fit together.
 * @throws BowspritError `SOURCE_REFUSED`, `SOURCE_NOT_FOUND`, `DIGEST_MISMATCH`, `MESSAGE_TOO_LARGE`, `UNSUPPORTED`, `ABORTED`.
 */
export async function loadManifest(
  source: BlobSource,
  descriptor: Descriptor,
  signal?: AbortSignal,
): Promise<ImageManifest> {
  const place = `read the manifest ${descriptor.digest} of ${source.location}`;
  const fields = await readDocument(source, descriptor, { kind: "manifest", signal });
  const { config: configDescriptor, layers } = readManifest(fields, descriptor.mediaType, place);
  const configFields = await readDocument(source, configDescriptor, { kind: "configuration", signal });
  const config = readConfig(configFields, `read the configuration ${configDescriptor.digest} of ${source.location}`);
  if (config.diffIds.length !== layers.length)
    throw fields.refusal("layers", `${layers.length}, but the configuration knows ${config.diffIds.length}`);
  return {
    digest: descriptor.digest,
    config,
    layers: layers.flatMap((layer, at) => {
      const diffId = config.diffIds[at];
      if (diffId === undefined) return [];
      if (layer.compression === "none" && diffId !== layer.descriptor.digest)
        throw mismatch(`${place}: layers[${at}]`, `stored plain, but not the ${diffId} of the configuration`);
      return [{ ...layer, diffId }];
    }),
  };
}
