import { BowspritError, ErrorCode, type ImageReference } from "@bowsprit/core";
import { type ChosenTag, chooseTag } from "./choose-tag.ts";
import type { RegistryClient } from "./create-registry-client.ts";
import type { ManifestCall, ManifestTarget } from "./fetch-manifest.ts";
import { listTags } from "./list-tags.ts";

/** What a reference means at a registry. */
export interface ResolvedTarget {
  readonly target: ManifestTarget;
  readonly tag: string | undefined;
  /** Why this tag, where the reference names none. */
  readonly because: ChosenTag["because"] | undefined;
}

/**
 * A digest counts before a tag, as in Docker; without either a tag is chosen from the list. A registry that does not let us list is
 * asked for `latest`.
 * @throws BowspritError `SOURCE_NOT_FOUND` for a repository without a tag to choose, and what {@link listTags} throws.
 */
export async function resolveTarget(
  client: RegistryClient,
  reference: ImageReference,
  call: ManifestCall,
): Promise<ResolvedTarget> {
  const { tag, digest } = reference;
  if (digest !== undefined) return { target: { digest }, tag, because: undefined };
  if (tag !== undefined) return { target: { tag }, tag, because: undefined };
  const tags = await listTags(client, call).catch((error: unknown) => {
    if (BowspritError.is(error, ErrorCode.EndpointForbidden)) return ["latest"];
    throw error;
  });
  const chosen = chooseTag(tags);
  if (chosen === undefined) {
    const shown = tags.slice(0, 5);
    throw new BowspritError(ErrorCode.SourceNotFound, `${call.attempt}: none of its tags is a version or latest`, {
      details: { tags: shown },
      hint:
        shown.length === 0
          ? "Check the name: the repository has no tags."
          : `Name a tag. There are ${shown.join(", ")}.`,
    });
  }
  return { target: { tag: chosen.tag }, tag: chosen.tag, because: chosen.because };
}
