export { describeSource, type SourceDescription } from "./describe-source.ts";
export type { ExtensionImage, WriteOptions, WrittenFile, WrittenImage } from "./extension-image.ts";
export { openFolder } from "./open-folder.ts";
export { openImage, type OpenImageOptions } from "./open-image.ts";
export { openRegistryImage, type OpenRegistryImageOptions } from "./open-registry-image.ts";
export type { DownloadedImage } from "./registry/download-image.ts";
export type { DownloadProgress, RegistryOptions, RunHelper } from "./registry/registry-options.ts";
export type { ImageLocation, ImageProgress } from "./session/image-location.ts";
