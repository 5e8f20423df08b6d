import type { Digest } from "@bowsprit/core";

/** A processor and system as images name them: `linux`, `arm64`, `v8`. */
export interface ImagePlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** What an image's documents say of a blob: how to read it, and how to know that it is the right one. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes as stored, so of the compressed form where there is one. */
  readonly size: number;
  /** Absent where an index leaves it to the image's configuration. */
  readonly platform?: ImagePlatform;
  readonly annotations?: Readonly<Record<string, string>>;
}
