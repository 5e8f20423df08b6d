import {
  BowspritError,
  ErrorCode,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  readJsonDocument,
} from "@bowsprit/core";
import { type Descriptor, parseDescriptor } from "./descriptor.ts";

/** The manifests of one image for several platforms. */
export interface ImageIndex {
  readonly kind: "index";
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
}

/** What one image for one platform is made of. */
export interface BlobList {
  readonly kind: "image";
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** Larger ones registries do not accept either. */
export const maxManifestBytes: number = 4 * 1024 * 1024;

const indexTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const imageTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** The types that are asked for. */
export const manifestTypes: readonly string[] = [...indexTypes, ...imageTypes];

/**
 * Reads an index or a manifest. What the transfer calls it and what it calls itself must not differ, and it must not be both: one
 * reader would see another image in it than the next one (CVE-2021-41190).
 * @throws BowspritError `MESSAGE_MALFORMED`, `SOURCE_REFUSED` for foreign layers.
 */
export function parseManifest(bytes: Buffer, announced: string | undefined, attempt: string): ImageIndex | BlobList {
  const document = readDocument(bytes, attempt);
  const own = document["mediaType"];
  const known = announced !== undefined && manifestTypes.includes(announced) ? announced : undefined;
  if (typeof own === "string" && known !== undefined && own !== known)
    throw malformed(attempt, "the manifest is sent as another type than it says it is");
  const mediaType = known ?? (typeof own === "string" ? own : "");
  if (document["schemaVersion"] !== 2 || !manifestTypes.includes(mediaType))
    throw malformed(attempt, "its manifest is of a kind that this version does not read");
  const isIndex = indexTypes.includes(mediaType);
  if (Object.hasOwn(document, isIndex ? "layers" : "manifests") || (isIndex && Object.hasOwn(document, "config")))
    throw malformed(attempt, "its manifest is an index and an image at once");
  const listed = listOf(document[isIndex ? "manifests" : "layers"], attempt);
  const descriptors = listed.map((one) => parseDescriptor(one, attempt));
  if (isIndex) return { kind: "index", mediaType, manifests: descriptors };
  const isForeign = descriptors.some((layer) => /foreign|nondistributable/u.test(layer.mediaType));
  if (isForeign)
    throw new BowspritError(ErrorCode.SourceRefused, `${attempt}: it has layers that may not be distributed`);
  return { kind: "image", mediaType, config: parseDescriptor(document["config"], attempt), layers: descriptors };
}

function readDocument(bytes: Buffer, attempt: string): JsonObject {
  const options = { what: "its manifest", maxBytes: maxManifestBytes, code: ErrorCode.MessageMalformed };
  const document = withAttempt(attempt, () => readJsonDocument(bytes, options));
  if (!isJsonObject(document)) throw malformed(attempt, "its manifest is not an object");
  return document;
}

function withAttempt(attempt: string, read: () => JsonValue): JsonValue {
  try {
    return read();
  } catch (error) {
    if (!BowspritError.is(error)) throw error;
    throw new BowspritError(error.code, `${attempt}: ${error.message}`, { details: error.details, cause: error });
  }
}

function listOf(value: JsonValue | undefined, attempt: string): readonly JsonValue[] {
  if (!Array.isArray(value)) throw malformed(attempt, "its manifest lists nothing");
  return value as readonly JsonValue[];
}

function malformed(attempt: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.MessageMalformed, `${attempt}: ${why}`);
}
