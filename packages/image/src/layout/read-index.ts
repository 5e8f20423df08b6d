import type { Descriptor } from "./descriptor.ts";
import type { DocumentFields } from "./document-fields.ts";
import { imageLimits } from "./image-limits.ts";
import { readDescriptor } from "./read-descriptor.ts";

/**
 * The entries of an index, OCI's or Docker's manifest list. `mediaType` is what the document must call itself, if it does.
 * @throws BowspritError `SOURCE_REFUSED` for what is malformed, too long, or a manifest as well; `UNSUPPORTED`.
 */
export function readIndex(fields: DocumentFields, mediaType: string, place: string): readonly Descriptor[] {
  checkVersion(fields, mediaType);
  for (const key of ["layers", "config"])
    if (fields.value(key) !== undefined) throw fields.refusal(key, "an index has none: it would be two things at once");
  return fields
    .list("manifests", imageLimits.manifests)
    .map((value, at) => readDescriptor(value, `${place}: manifests[${at}]`));
}

/** @throws BowspritError `SOURCE_REFUSED` unless it is of version 2 and of the media type by which it was found. */
export function checkVersion(fields: DocumentFields, mediaType: string): void {
  if (fields.value("schemaVersion") !== 2) throw fields.refusal("schemaVersion", "not 2");
  const own = fields.text("mediaType") ?? mediaType;
  if (own !== mediaType) throw fields.refusal("mediaType", `not ${mediaType}, as which it was found`);
}
