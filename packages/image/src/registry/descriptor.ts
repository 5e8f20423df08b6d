import { BowspritError, type Digest, ErrorCode, isJsonObject, type JsonValue, parseDigest } from "@bowsprit/core";

/** What one document says of another one or of a blob (OCI image specification). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly platform?: DescriptorPlatform;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The platform of a manifest, in the words of its index, unjudged. */
export interface DescriptorPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/**
 * Reads a descriptor; what it says besides is dropped.
 * @throws BowspritError `MESSAGE_MALFORMED`; `SOURCE_REFUSED` for a blob that lies elsewhere (`urls`), which is never fetched.
 */
export function parseDescriptor(value: JsonValue | undefined, attempt: string): Descriptor {
  if (!isJsonObject(value)) throw malformed(attempt, "a descriptor is not an object");
  const { mediaType, digest, size, platform, annotations, urls } = value;
  if (typeof mediaType !== "string" || !/^[\w.+-]+\/[\w.+-]+$/u.test(mediaType))
    throw malformed(attempt, "a descriptor has no media type");
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0)
    throw malformed(attempt, "a descriptor has no size");
  if (Array.isArray(urls) && urls.length > 0) throw foreign(attempt);
  return {
    mediaType,
    digest: digestOf(digest, attempt),
    size,
    ...(isJsonObject(platform) && { platform: platformOf(platform) }),
    ...(isJsonObject(annotations) && { annotations: textsOf(annotations) }),
  };
}

function digestOf(value: JsonValue | undefined, attempt: string): Digest {
  if (typeof value !== "string") throw malformed(attempt, "a descriptor has no digest");
  try {
    return parseDigest(value);
  } catch {
    throw malformed(attempt, "a digest in it is not sha256: and 64 hexadecimal digits");
  }
}

function platformOf(platform: Readonly<Record<string, JsonValue>>): DescriptorPlatform {
  const { os, architecture, variant } = platform;
  return {
    os: typeof os === "string" ? os : "unknown",
    architecture: typeof architecture === "string" ? architecture : "unknown",
    ...(typeof variant === "string" && { variant }),
  };
}

function textsOf(annotations: Readonly<Record<string, JsonValue>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
  );
}

function malformed(attempt: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.MessageMalformed, `${attempt}: ${why}`);
}

function foreign(attempt: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: it has parts that lie outside the registry`, {
    hint: "Ask the publisher for an image whose layers are all in its registry.",
  });
}
