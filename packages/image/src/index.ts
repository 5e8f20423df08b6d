export { describeSource, type SourceDescription } from "./describe-source.ts";
export type { ExtensionImage, WriteOptions, WrittenFile, WrittenImage } from "./extension-image.ts";
export { openFolder } from "./open-folder.ts";
