import type { Platform } from "@bowsprit/core";
import type { ImagePlatform } from "./descriptor.ts";

/** Other names that images give to processors. */
const aliases: ReadonlyMap<string, readonly [architecture: string, variant: string]> = new Map([
  ["x86_64", ["amd64", ""]],
  ["aarch64", ["arm64", ""]],
  ["i386", ["386", ""]],
  ["armhf", ["arm", "v7"]],
  ["armel", ["arm", "v6"]],
]);

/** What counts for an image that does not name a variant: the oldest processors of 64 bits, and what Linux calls plain `arm`. */
const usualVariants: ReadonlyMap<string, string> = new Map([
  ["amd64", "v1"],
  ["arm64", "v8"],
  ["arm", "v7"],
]);

/**
 * How well an image fits a computer: 0 is best, undefined does not run there. Extensions are Linux images whatever the computer's own
 * system is. As in containerd the variant of the processor comes first, then older ones, then programs of 32 bits; newer ones do not
 * fit. `variant` is the processor's, such as `v3`; the default is the least that every such processor can do.
 */
export function rankPlatform(image: ImagePlatform, platform: Platform, variant?: string): number | undefined {
  if (image.os !== "linux") return undefined;
  const rank = runnable(platform, variant).indexOf(normalize(image));
  return rank === -1 ? undefined : rank;
}

/** `linux/arm64/v8`, as people write it. */
export function formatPlatform({ os, architecture, variant }: ImagePlatform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join("/");
}

/** What an image for this computer would best be called. */
export function wantedPlatform(platform: Platform, variant?: string): ImagePlatform {
  const architecture = platform.arch === "arm64" ? "arm64" : "amd64";
  return { os: "linux", architecture, ...(variant !== undefined && { variant }) };
}

function runnable(platform: Platform, variant: string | undefined): readonly string[] {
  if (platform.arch === "arm64") {
    return [...variants("arm64", levelOf(variant, 8), 8), ...variants("arm", 8, 5)];
  }
  return [...variants("amd64", levelOf(variant, 1), 1), "386/"];
}

function variants(architecture: string, newest: number, oldest: number): readonly string[] {
  return Array.from({ length: newest - oldest + 1 }, (_, at) => `${architecture}/v${newest - at}`);
}

function levelOf(variant: string | undefined, otherwise: number): number {
  const level = /^v(\d)$/u.exec(variant ?? "")?.[1];
  return level === undefined ? otherwise : Number(level);
}

function normalize(image: ImagePlatform): string {
  const name = image.architecture.toLowerCase();
  const [architecture, implied] = aliases.get(name) ?? [name, ""];
  const variant = (image.variant ?? implied).toLowerCase().replace(/^(?=\d)/u, "v");
  return `${architecture}/${variant === "" ? (usualVariants.get(architecture) ?? "") : variant}`;
}
