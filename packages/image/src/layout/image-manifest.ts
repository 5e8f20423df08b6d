import type { Digest } from "@bowsprit/core";
import type { Compression } from "./compression.ts";
import type { Descriptor } from "./descriptor.ts";

/** What an image's configuration says that counts here; everything else in it is ignored and goes nowhere. */
export interface ImageConfig {
  /** `linux` where the configuration does not say. */
  readonly os: string;
  /** Absent where the configuration does not say. */
  readonly architecture?: string;
  readonly variant?: string;
  /** Text, and nothing else: read them with core's `readLabels`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Digests of the uncompressed layers, the base first. */
  readonly diffIds: readonly Digest[];
}

/** A layer, and what it must be when it is uncompressed. */
export interface LayerDescriptor {
  readonly descriptor: Descriptor;
  readonly compression: Compression;
  readonly diffId: Digest;
}

/** An image for one platform: what is needed to read its layers. */
export interface ImageManifest {
  /** Of the manifest. Archives older than the OCI layout have none: one is made for them, the same for the same archive. */
  readonly digest: Digest;
  readonly config: ImageConfig;
  /** The base first. */
  readonly layers: readonly LayerDescriptor[];
}
