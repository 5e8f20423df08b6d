import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { BlobSource } from "./blob-source.ts";
import type { Descriptor } from "./descriptor.ts";
import { imageLimits } from "./image-limits.ts";
import { isAttestation } from "./is-attestation.ts";
import { documentKind } from "./media-types.ts";
import { readDocument } from "./read-document.ts";
import { readIndex } from "./read-index.ts";

/**
 * The manifests that an image's descriptors lead to, indexes inside indexes opened, each once. What is no image is left out:
 * attestations, signatures, artifacts.
 * @throws BowspritError `UNSUPPORTED` for indexes nested too deep, or too many of them; and what reading an index throws.
 */
export async function listCandidates(
  source: BlobSource,
  roots: readonly Descriptor[],
  signal?: AbortSignal,
): Promise<readonly Descriptor[]> {
  const found = new Map<string, Descriptor>();
  const opened = new Set<string>();

  const visit = async (descriptor: Descriptor, depth: number): Promise<void> => {
    const kind = isAttestation(descriptor) ? undefined : documentKind(descriptor.mediaType);
    if (kind === "manifest" && !found.has(descriptor.digest)) found.set(descriptor.digest, descriptor);
    if (kind !== "index" || opened.has(descriptor.digest)) return;
    opened.add(descriptor.digest);
    if (depth > imageLimits.indexDepth)
      throw tooMany(source, `indexes nested more than ${imageLimits.indexDepth} deep`);
    if (opened.size > imageLimits.indexes) throw tooMany(source, `more than ${imageLimits.indexes} indexes`);
    const fields = await readDocument(source, descriptor, { kind: "index", signal });
    const place = `read the index ${descriptor.digest} of ${source.location}`;
    for (const entry of readIndex(fields, descriptor.mediaType, place)) await visit(entry, depth + 1);
  };

  for (const root of roots) await visit(root, 1);
  return [...found.values()];
}

function tooMany(source: BlobSource, why: string): BowspritError {
  return new BowspritError(ErrorCode.Unsupported, `open the image in ${source.location}: ${why}`, {
    hint: "Name the image of this platform by its own tag or digest.",
  });
}
