/** How large an image may be. Each limit is many times what real images need, and bounds time and memory for any input. */
export const imageLimits = {
  /** Bytes of a manifest, an index or a configuration: what the distribution specification asks registries to accept. */
  documentBytes: 4_194_304,
  /** Commas, colons, brackets and escapes of one such document; reading so many costs half a second. */
  documentTokens: 200_000,
  /** Images of an index; the largest public ones have about 50. */
  manifests: 1024,
  /** Indexes inside one another. */
  indexDepth: 3,
  /** Indexes of one image, at whatever depth. */
  indexes: 16,
  /** Images of an index that do not say their platform, so that their configuration must be read. */
  unnamedPlatforms: 32,
  /** Layers of an image; engines make at most 127. */
  layers: 512,
  /** Eight gibibytes: all layers of an image, stored or uncompressed, and an unpacked archive. */
  imageBytes: 8_589_934_592,
  /** Uncompressed bytes for one compressed byte, once there are more than `ratioFreeBytes`. */
  ratio: 200,
  /** What may be uncompressed before the ratio counts: a few files of zeros are no attack. */
  ratioFreeBytes: 10_485_760,
  /** Binary logarithm of the memory a zstd stream may ask for: 64 MiB, what `zstd --ultra -21` uses. */
  zstdWindowLog: 26,
  /** Frames of a zstd stream; streams that can be read in part have one for each file. Each costs a turn of a thread. */
  zstdFrames: 100_000,
  /** Entries of an archive of images. */
  archiveEntries: 20_000,
} as const;
