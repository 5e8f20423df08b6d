import { BowspritError, type Digest, ErrorCode, type JsonValue, parseDigest } from "@bowsprit/core";
import type { Descriptor, ImagePlatform } from "./descriptor.ts";
import { type DocumentFields, readFields } from "./document-fields.ts";

/**
 * Reads a descriptor of an index or a manifest; `place` begins messages.
 * @throws BowspritError `SOURCE_REFUSED` for what is malformed or lies at an address of its own, `UNSUPPORTED` for a digest that is
 * not SHA-256.
 */
export function readDescriptor(value: JsonValue | undefined, place: string): Descriptor {
  const fields = readFields(value, place);
  const mediaType = fields.text("mediaType");
  if (mediaType === undefined) throw fields.refusal("mediaType", "missing");
  if (fields.list("urls", Number.POSITIVE_INFINITY).length > 0)
    throw fields.refusal("urls", "it is to be fetched from elsewhere, and that is never done");
  const platform = readPlatform(fields.object("platform"));
  return {
    mediaType,
    digest: readDigest(fields.text("digest"), `${place}: digest`),
    size: fields.size("size"),
    ...(platform !== undefined && { platform }),
    annotations: fields.texts("annotations"),
  };
}

/** @throws BowspritError `SOURCE_REFUSED`, `UNSUPPORTED`. */
export function readDigest(value: JsonValue | undefined, place: string): Digest {
  const text = typeof value === "string" ? value : "";
  const algorithm = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):[a-zA-Z0-9=_-]+$/u.exec(text)?.[1];
  if (algorithm !== undefined && algorithm !== "sha256")
    throw new BowspritError(
      ErrorCode.Unsupported,
      `${place}: made by ${algorithm.slice(0, 40)}, only sha256 is known`,
      {
        hint: "Build the image with SHA-256 digests, as registries and engines do by default.",
      },
    );
  try {
    return parseDigest(text);
  } catch (error) {
    throw new BowspritError(ErrorCode.SourceRefused, `${place}: not sha256: and 64 hexadecimal digits`, {
      cause: error,
      hint: "Get the image again from who made it.",
    });
  }
}

/** A platform that does not say everything that counts says nothing. */
function readPlatform(fields: DocumentFields | undefined): ImagePlatform | undefined {
  const os = fields?.text("os");
  const architecture = fields?.text("architecture");
  const variant = fields?.text("variant");
  if (os === undefined || architecture === undefined) return undefined;
  return { os, architecture, ...(variant !== undefined && { variant }) };
}
