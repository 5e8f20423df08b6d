export { describeSource, type SourceDescription } from "./describe-source.ts";
export type { ExtensionImage, WriteOptions, WrittenFile, WrittenImage } from "./extension-image.ts";
export { openFolder } from "./open-folder.ts";
export { openImage, type OpenImageOptions } from "./open-image.ts";
export type { ImageLocation, ImageProgress } from "./session/image-location.ts";
