/**
 * How large what strangers write may be. Each limit is many times what the largest known extension needs, and small enough that
 * reading to the limit costs milliseconds.
 */
export const limits = {
  /** Bytes of a `metadata.json`; the largest known one has 22 KiB. */
  metadataBytes: 262_144,
  /** Bytes of a compose file. */
  composeBytes: 1_048_576,
  /** Objects and arrays inside one another in a JSON document. */
  jsonDepth: 32,
  /** Characters of a title or a name; the rest is cut off. */
  titleLength: 256,
  /** Characters of a description or another short text; the rest is cut off. */
  textLength: 4096,
  /** Characters of a changelog or a detailed description; the rest is cut off. */
  longTextLength: 65_536,
  /** Characters of a path inside an image. */
  pathLength: 1024,
  /** Characters of a link. */
  linkLength: 2048,
  /** Entries of `host.binaries`, and paths of one operating system in all of them; one known extension lists about 350. */
  binaries: 512,
  /** Links, screenshots or categories of one label. */
  labelEntries: 64,
  /** Arguments and variables of an `x-local`. */
  localCommandEntries: 512,
  /** Warnings of one document; one more line says how many were left out. */
  warnings: 50,
} as const;
