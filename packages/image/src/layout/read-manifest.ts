import { BowspritError, ErrorCode, type JsonValue } from "@bowsprit/core";
import type { Descriptor } from "./descriptor.ts";
import type { DocumentFields } from "./document-fields.ts";
import { imageLimits } from "./image-limits.ts";
import type { LayerDescriptor } from "./image-manifest.ts";
import { isConfigType, isForeignLayer, layerCompression } from "./media-types.ts";
import { readDescriptor } from "./read-descriptor.ts";
import { checkVersion } from "./read-index.ts";

/** What a manifest lists. */
export interface ManifestParts {
  readonly config: Descriptor;
  /** The base first. */
  readonly layers: readonly LayerPart[];
}

type LayerPart = Omit<LayerDescriptor, "diffId">;

/**
 * Reads the manifest of one image, OCI's or Docker's schema 2.
 * @throws BowspritError `SOURCE_REFUSED` for what is malformed, too large, an index as well, or has layers that lie elsewhere;
 * `UNSUPPORTED` for what is no image, or an image of a kind that is not read.
 */
export function readManifest(fields: DocumentFields, mediaType: string, place: string): ManifestParts {
  checkVersion(fields, mediaType);
  for (const key of ["manifests", "fsLayers"])
    if (fields.value(key) !== undefined)
      throw fields.refusal(key, "a manifest has none: it would be two things at once");
  const config = readDescriptor(fields.value("config"), `${place}: config`);
  if (!isConfigType(config.mediaType)) throw unsupported(`${place}: it is no image but ${shown(config.mediaType)}`);
  const layers = fields
    .list("layers", imageLimits.layers)
    .map((value, at) => readLayerPart(value, `${place}: layers[${at}]`));
  const bytes = layers.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  if (bytes > imageLimits.imageBytes)
    throw fields.refusal("layers", `${bytes} bytes, more than the limit of ${imageLimits.imageBytes}`);
  return { config, layers };
}

function readLayerPart(value: JsonValue, place: string): LayerPart {
  const descriptor = readDescriptor(value, place);
  const compression = layerCompression(descriptor.mediaType);
  if (compression !== undefined) return { descriptor, compression };
  if (!isForeignLayer(descriptor.mediaType))
    throw unsupported(`${place}: a layer of the kind ${shown(descriptor.mediaType)}`);
  throw new BowspritError(ErrorCode.SourceRefused, `${place}: a foreign layer, which is not part of the image`, {
    hint: "Build the extension on a base whose layers may be distributed.",
  });
}

function unsupported(message: string): BowspritError {
  return new BowspritError(ErrorCode.Unsupported, message, {
    hint: "Give the image of an extension: what docker build makes, with layers stored plain, by gzip or by zstd.",
  });
}

function shown(mediaType: string): string {
  return JSON.stringify(mediaType.slice(0, 100));
}
