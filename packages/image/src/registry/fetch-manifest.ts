import { createHash } from "node:crypto";
import { BowspritError, type Digest, ErrorCode, parseDigest } from "@bowsprit/core";
import type { RegistryClient } from "./create-registry-client.ts";
import type { Descriptor } from "./descriptor.ts";
import { type BlobList, type ImageIndex, manifestTypes, maxManifestBytes, parseManifest } from "./parse-manifest.ts";
import { readBounded } from "./read-bounded.ts";
import type { WireResponse } from "./create-wire.ts";

/** A manifest whose bytes have the digest that was asked for. */
export interface FetchedManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
  readonly content: ImageIndex | BlobList;
}

/** What is asked for: a tag, a digest, or what an index says of it. */
export type ManifestTarget =
  | { readonly tag: string }
  | { readonly digest: Digest }
  | { readonly descriptor: Descriptor };

export interface ManifestCall {
  readonly attempt: string;
  readonly signal: AbortSignal;
}

/**
 * Fetches a manifest and verifies it: against the digest that was asked for, the one that the registry announces, and the size and
 * type of its descriptor.
 * @throws BowspritError `DIGEST_MISMATCH`, `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE` over 4 MiB, `SOURCE_REFUSED`, and what
 *   {@link RegistryClient.get} throws.
 */
export async function fetchManifest(
  client: RegistryClient,
  target: ManifestTarget,
  call: ManifestCall,
): Promise<FetchedManifest> {
  const { attempt } = call;
  const wanted = "descriptor" in target ? target.descriptor.digest : "digest" in target ? target.digest : undefined;
  const named = "tag" in target ? target.tag : wanted;
  const response = await client.get(`manifests/${named}`, { ...call, headers: { accept: manifestTypes.join(", ") } });
  const bytes = await readBounded(response, maxManifestBytes, attempt);
  const digest = parseDigest(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
  for (const other of [wanted, announcedBy(response)])
    if (other !== undefined && other !== digest) throw mismatch(attempt, other, digest);
  const type = response.header("content-type")?.split(";", 1)[0]?.trim();
  const content = parseManifest(bytes, type, attempt);
  const descriptor =
    "descriptor" in target ? target.descriptor : { mediaType: content.mediaType, digest, size: bytes.length };
  if (descriptor.size !== bytes.length)
    throw new BowspritError(
      ErrorCode.DigestMismatch,
      `${attempt}: the manifest has ${bytes.length} bytes, its index says ${descriptor.size}`,
    );
  if (descriptor.mediaType !== content.mediaType)
    throw new BowspritError(
      ErrorCode.MessageMalformed,
      `${attempt}: the manifest is of another type than its index says`,
    );
  return { descriptor, bytes, content };
}

/** Other algorithms than ours may be announced; they prove nothing that ours does not. */
function announcedBy(response: WireResponse): string | undefined {
  const digest = response.header("docker-content-digest");
  return digest?.startsWith("sha256:") === true ? digest : undefined;
}

function mismatch(attempt: string, wanted: string, found: Digest): BowspritError {
  const shown = /^sha256:[0-9a-f]{64}$/u.test(wanted) ? wanted : "what is no digest";
  return new BowspritError(ErrorCode.DigestMismatch, `${attempt}: the manifest should have ${shown} and has ${found}`, {
    details: { wanted: shown, found },
    hint: "The registry, or something before it, sent other bytes. Try again; if it stays, ask who runs it.",
  });
}
