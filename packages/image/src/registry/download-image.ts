import { BowspritError, ErrorCode, formatImageRef, type ImageReference } from "@bowsprit/core";
import type { ChosenTag } from "./choose-tag.ts";
import type { Descriptor } from "./descriptor.ts";
import { explainMissing } from "./explain-missing.ts";
import { fetchBlobs } from "./fetch-blobs.ts";
import { fetchManifest, type FetchedManifest } from "./fetch-manifest.ts";
import { writeLayout } from "./layout-folder.ts";
import { openSession, type RegistrySession } from "./open-session.ts";
import type { BlobList } from "./parse-manifest.ts";
import { normaliseReference } from "./registry-endpoints.ts";
import type { DownloadOptions } from "./registry-options.ts";
import { resolveTarget, type ResolvedTarget } from "./resolve-target.ts";
import { retryCuts } from "./retry-cuts.ts";

/** An image that was downloaded. */
export interface DownloadedImage {
  /** An OCI layout with the blobs of the chosen platform. */
  readonly folder: string;
  /** What the reference names: an index or a manifest. */
  readonly root: Descriptor;
  /** The reference with its digest, and its tag where there is one. */
  readonly reference: ImageReference;
  /** Why this tag, where the reference named neither tag nor digest. */
  readonly tagBecause?: ChosenTag["because"];
}

/** A manifest is small; whoever takes longer to send one is not to be waited for. */
const manifestMs = 120_000;
const maxIndexes = 3;

/**
 * Downloads an image from its registry, by the distribution specification, into a folder, verifying every byte.
 *
 * A tag is looked up once; everything after that goes by digest. Three blobs come at a time, each into a file `….part` that the next
 * call continues, in this process or another one, also after a kill. A GET whose connection is cut is repeated at most five times,
 * after 0.5, 1, 2, 4 and 8 seconds, from where it was cut; nothing else is repeated. Credentials come from Docker's configuration,
 * are looked up when a registry asks for them, and go to that registry and the token server it names, nowhere else. After a failure
 * or an abort the folder stays as it is, for the next try: whoever wants nothing left removes it.
 * @throws BowspritError `REFERENCE_INVALID`, `INVALID_ARGUMENT`, `SOURCE_NOT_FOUND`, `SOURCE_REFUSED`, `ENDPOINT_UNREACHABLE`,
 *   `ENDPOINT_FORBIDDEN`, `DIGEST_MISMATCH`, `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE`, `HOME_UNUSABLE`, `DEADLINE_EXCEEDED`, `ABORTED`.
 */
export async function downloadImage(text: string, options: DownloadOptions): Promise<DownloadedImage> {
  const { folder } = options;
  const reference = normaliseReference(text);
  const attempt = `download ${formatImageRef(reference)}`;
  await using session = openSession(reference.registry, reference.repository, options);
  const { root, resolved } = await fetchRoot(session, reference, options);
  const manifests = [root];
  let chosen = root;
  while (chosen.content.kind === "index") {
    if (manifests.length > maxIndexes)
      throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: it has indexes in indexes in indexes`);
    const { digest } = options.choosePlatform(chosen.content);
    const descriptor = chosen.content.manifests.find((one) => one.digest === digest);
    if (descriptor === undefined) throw new TypeError("choosePlatform chose what is not in the index");
    chosen = await fetchChosen(session, descriptor, { attempt, options });
    manifests.push(chosen);
  }
  await fetchBlobs(session, blobsOf(chosen.content), { ...options, attempt });
  const { tag, because } = resolved;
  await writeLayout(folder, manifests, { descriptor: root.descriptor, tag });
  return {
    folder,
    root: root.descriptor,
    reference: { ...reference, digest: root.descriptor.digest, ...(tag !== undefined && { tag }) },
    ...(because !== undefined && { tagBecause: because }),
  };
}

async function fetchRoot(
  session: RegistrySession,
  reference: ImageReference,
  { retryMs = 500 }: DownloadOptions,
): Promise<{ root: FetchedManifest; resolved: ResolvedTarget }> {
  const attempt = `download ${formatImageRef(reference)}`;
  return session.atFirst(attempt, async (client) => {
    const call = { attempt, signal: briefly(session.signal), retryMs };
    return retryCuts(call, async () => {
      const resolved = await resolveTarget(client, reference, call);
      const root = await fetchManifest(client, resolved.target, call).catch(async (error: unknown) => {
        if (!BowspritError.is(error, ErrorCode.SourceNotFound)) throw error;
        throw await explainMissing(client, "tag" in resolved.target ? resolved.tag : undefined, call);
      });
      return { root, resolved };
    });
  });
}

async function fetchChosen(
  session: RegistrySession,
  descriptor: Descriptor,
  { attempt, options: { retryMs = 500 } }: { readonly attempt: string; readonly options: DownloadOptions },
): Promise<FetchedManifest> {
  return session.atFirst(attempt, async (client) => {
    const call = { attempt, signal: briefly(session.signal), retryMs };
    return retryCuts(call, () => fetchManifest(client, { descriptor }, call));
  });
}

function briefly(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(manifestMs)]);
}

function blobsOf({ config, layers }: BlobList): readonly Descriptor[] {
  return [config, ...layers];
}
