import { BowspritError, ErrorCode, type Platform } from "@bowsprit/core";
import { formatPlatform, rankPlatform, wantedPlatform } from "../layout/rank-platform.ts";
import type { Descriptor } from "./descriptor.ts";
import type { ImageIndex } from "./parse-manifest.ts";

/**
 * The image of an index that fits a computer best; attestations fit none.
 * @throws BowspritError `UNSUPPORTED` naming what there is.
 */
export function choosePlatform({ manifests }: ImageIndex, platform: Platform, reference: string): Descriptor {
  const [best] = manifests
    .flatMap((descriptor) => {
      const rank = descriptor.platform && rankPlatform(descriptor.platform, platform);
      return rank === undefined ? [] : [{ descriptor, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank);
  if (best !== undefined) return best.descriptor;
  const named = manifests.flatMap((one) => (one.platform ? [formatPlatform(one.platform)] : []));
  const there = [...new Set(named)].filter((name) => !name.startsWith("unknown/")).toSorted();
  const wanted = formatPlatform(wantedPlatform(platform));
  throw new BowspritError(
    ErrorCode.Unsupported,
    `download ${reference}: there is no image for ${wanted}, only ${there.slice(0, 20).join(", ") || "images that name no platform"}`,
    {
      details: { wanted, platforms: there.slice(0, 20) },
      hint: "Ask who made the extension to build it for this platform too.",
    },
  );
}
