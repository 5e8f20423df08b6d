import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { RegistryClient } from "./create-registry-client.ts";
import type { ManifestCall } from "./fetch-manifest.ts";
import { listTags } from "./list-tags.ts";
import { nearTags } from "./near-tags.ts";

/** What to say where a manifest was not found: the tags near to the one that was asked for, or that there is no such repository. */
export async function explainMissing(
  client: RegistryClient,
  tag: string | undefined,
  call: ManifestCall,
): Promise<BowspritError> {
  const { attempt } = call;
  const tags = await listTags(client, call).catch((error: unknown) => {
    if (BowspritError.is(error, ErrorCode.Aborted) || BowspritError.is(error, ErrorCode.DeadlineExceeded)) throw error;
    return BowspritError.is(error, ErrorCode.SourceNotFound) ? null : undefined;
  });
  if (tags === null)
    return new BowspritError(ErrorCode.SourceNotFound, `${attempt}: ${client.name} has no such repository`, {
      hint: "Check the name.",
    });
  const near = tags === undefined ? [] : nearTags(tag ?? "latest", tags);
  const what = tag === undefined ? "no manifest of this digest" : `no tag ${tag}`;
  return new BowspritError(ErrorCode.SourceNotFound, `${attempt}: ${client.name} has ${what}`, {
    details: { tags: near },
    hint: near.length === 0 ? "Check the tag or the digest." : `There are ${near.join(", ")}.`,
  });
}
