import { BowspritError, ErrorCode } from "@bowsprit/core";
import { chooseImage } from "./choose-image.ts";
import type { Descriptor } from "./descriptor.ts";
import { readFields } from "./document-fields.ts";
import type { OpenedImage } from "./blob-source.ts";
import { isAttestation } from "./is-attestation.ts";
import { ociIndex } from "./media-types.ts";
import { parseDocument } from "./parse-document.ts";
import { readIndex } from "./read-index.ts";

/** Where names stand in an index; the first is the fuller one. */
const nameAnnotations = ["io.containerd.image.name", "org.opencontainers.image.ref.name"] as const;

/**
 * Reads the two files at the top of an OCI layout and chooses an image of it.
 * @throws BowspritError `SOURCE_REFUSED`, `MESSAGE_TOO_LARGE`, `UNSUPPORTED`, and what {@link chooseImage} throws.
 */
export function readLayoutIndex(
  files: { readonly layout: Buffer; readonly index: Buffer },
  name: string | undefined,
  location: string,
): Pick<OpenedImage, "roots" | "names"> {
  const attempt = `open the OCI layout ${location}`;
  const layout = readFields(parseDocument(files.layout, `oci-layout of ${location}`), `${attempt}: oci-layout`);
  const version = layout.text("imageLayoutVersion");
  if (version !== "1.0.0")
    throw new BowspritError(ErrorCode.Unsupported, `${attempt}: it is of another version than 1.0.0`, {
      hint: "Make it anew with a current docker, buildx, skopeo or umoci.",
    });
  const place = `read index.json of ${location}`;
  const fields = readFields(parseDocument(files.index, `index.json of ${location}`), place);
  const entries = readIndex(fields, ociIndex, place).filter((entry) => !isAttestation(entry));
  const images = entries.map((entry) => ({ entry, digest: entry.digest, names: namesOf(entry) }));
  const chosen = chooseImage(images, name, attempt);
  return { roots: chosen.map(({ entry }) => entry), names: [...new Set(chosen.flatMap(({ names }) => names))] };
}

function namesOf({ annotations = {} }: Descriptor): readonly string[] {
  return nameAnnotations
    .flatMap((key) => (Object.hasOwn(annotations, key) ? [annotations[key] ?? ""] : []))
    .filter(Boolean);
}
