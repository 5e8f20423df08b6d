import { BowspritError, cleanText, ErrorCode, type Platform } from "@bowsprit/core";
import type { BlobSource } from "./blob-source.ts";
import type { Descriptor, ImagePlatform } from "./descriptor.ts";
import { imageLimits } from "./image-limits.ts";
import type { ImageConfig, ImageManifest } from "./image-manifest.ts";
import { listCandidates } from "./list-candidates.ts";
import { documentKind } from "./media-types.ts";
import { formatPlatform, rankPlatform, wantedPlatform } from "./rank-platform.ts";
import { loadManifest } from "./load-manifest.ts";

export interface ResolveOptions {
  /** The computer that the image is for. Its operating system does not count: extensions are Linux images everywhere. */
  readonly platform: Platform;
  /** What its processor can do, such as `v3`; the default is the least that all of its kind can do, as there is no telling. */
  readonly variant?: string;
  readonly signal?: AbortSignal;
}

/**
 * Finds the image for a platform behind a descriptor, or behind several that are one image, and reads what is needed to read its
 * layers. All of it is verified. Where an index does not name platforms, or there is no index, the configurations say.
 * @throws BowspritError `UNSUPPORTED` where nothing runs on this platform, naming what there is; `SOURCE_REFUSED`, `SOURCE_NOT_FOUND`,
 * `DIGEST_MISMATCH`, `MESSAGE_TOO_LARGE`, `ABORTED`.
 */
export async function resolveManifest(
  source: BlobSource,
  root: Descriptor | readonly Descriptor[],
  options: ResolveOptions,
): Promise<ImageManifest> {
  const roots: readonly Descriptor[] = "digest" in root ? [root] : root;
  const candidates = await listCandidates(source, roots, options.signal);
  if (candidates.length === 0) throw noImage(source, roots);
  const named = candidates.flatMap(({ platform, ...descriptor }) => (platform ? [{ platform, descriptor }] : []));
  const best = bestOf(named, options);
  if (best !== undefined) return loadManifest(source, best.descriptor, options.signal);
  const unnamed = candidates.filter(({ platform }) => platform === undefined);
  if (unnamed.length > imageLimits.unnamedPlatforms)
    throw noPlatform(source, options, [`${unnamed.length} images that do not say for which platform they are`]);
  const loaded = [];
  for (const descriptor of unnamed) {
    const manifest = await loadManifest(source, descriptor, options.signal);
    loaded.push({ manifest, platform: platformOfConfig(manifest.config, options) });
  }
  const chosen = bestOf(loaded, options);
  if (chosen !== undefined) return chosen.manifest;
  throw noPlatform(
    source,
    options,
    [...named, ...loaded].map(({ platform }) => formatPlatform(platform)),
  );
}

/** The first of those that fit best. */
function bestOf<T extends { readonly platform: ImagePlatform }>(
  images: readonly T[],
  options: ResolveOptions,
): T | undefined {
  return images
    .flatMap((image) => {
      const rank = rankPlatform(image.platform, options.platform, options.variant);
      return rank === undefined ? [] : [{ image, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)[0]?.image;
}

/** Images that do not say their processor are older than the choice: they are taken for this one's, as engines take them. */
function platformOfConfig({ os, architecture, variant }: ImageConfig, options: ResolveOptions): ImagePlatform {
  if (architecture === undefined) return { ...wantedPlatform(options.platform), os };
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

function noImage(source: BlobSource, roots: readonly Descriptor[]): BowspritError {
  const kinds = roots
    .filter(({ mediaType }) => documentKind(mediaType) === undefined)
    .map(({ mediaType }) => mediaType);
  const why = kinds.length === 0 ? "it holds no image" : `it holds no image but ${cleanText(kinds.join(", "), 200)}`;
  return new BowspritError(ErrorCode.Unsupported, `open the image in ${source.location}: ${why}`, {
    hint: "Give the image of an extension: what docker build makes. Images made before 2016 must be pushed again.",
  });
}

function noPlatform(source: BlobSource, options: ResolveOptions, there: readonly string[]): BowspritError {
  const wanted = formatPlatform(wantedPlatform(options.platform, options.variant));
  const platforms = [...new Set(there.map((name) => cleanText(name, 60)))].toSorted();
  const more = platforms.length > 20 ? ` and ${platforms.length - 20} more` : "";
  return new BowspritError(
    ErrorCode.Unsupported,
    `open the image in ${source.location}: there is none for ${wanted}, only ${platforms.slice(0, 20).join(", ")}${more}`,
    {
      details: { wanted, platforms: platforms.slice(0, 20) },
      hint: "Ask who made the extension to build it for this platform too.",
    },
  );
}
