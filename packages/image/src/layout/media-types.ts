import type { Compression } from "./compression.ts";

const oci = "application/vnd.oci.image";
const docker = "application/vnd.docker";

/** The manifest that is written for archives that have none. */
export const ociManifest: string = `${oci}.manifest.v1+json`;
export const ociConfig: string = `${oci}.config.v1+json`;
export const ociIndex: string = `${oci}.index.v1+json`;

const indexes: ReadonlySet<string> = new Set([ociIndex, `${docker}.distribution.manifest.list.v2+json`]);
const manifests: ReadonlySet<string> = new Set([ociManifest, `${docker}.distribution.manifest.v2+json`]);
const configs: ReadonlySet<string> = new Set([ociConfig, `${docker}.container.image.v1+json`]);

/** Layers by media type. Foreign ones, which lie elsewhere, are not among them. */
const layers: ReadonlyMap<string, Compression> = new Map([
  [`${oci}.layer.v1.tar`, "none"],
  [`${oci}.layer.v1.tar+gzip`, "gzip"],
  [`${oci}.layer.v1.tar+zstd`, "zstd"],
  [`${docker}.image.rootfs.diff.tar`, "none"],
  [`${docker}.image.rootfs.diff.tar.gzip`, "gzip"],
  [`${docker}.image.rootfs.diff.tar.zstd`, "zstd"],
]);

/** The media type of a layer that is stored like this. */
export function ociLayer(compression: Compression): string {
  return `${oci}.layer.v1.tar${compression === "none" ? "" : `+${compression}`}`;
}

/** What a document of this media type is; undefined for what is no image. */
export function documentKind(mediaType: string): "index" | "manifest" | undefined {
  if (indexes.has(mediaType)) return "index";
  return manifests.has(mediaType) ? "manifest" : undefined;
}

/** True for the configuration of an image; artifacts of other kinds have other ones. */
export function isConfigType(mediaType: string): boolean {
  return configs.has(mediaType);
}

/** How a layer of this media type is stored; undefined for a layer that is not read. */
export function layerCompression(mediaType: string): Compression | undefined {
  return layers.get(mediaType);
}

/** True for layers that are not to be distributed with their image. */
export function isForeignLayer(mediaType: string): boolean {
  return /\.nondistributable\.|\.diff\.tar\.foreign/u.test(mediaType);
}
