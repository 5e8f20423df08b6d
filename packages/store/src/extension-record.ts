import type { Digest, ExtensionId, Metadata } from "@bowsprit/core";

/** What was installed, as `install.json` in the version's folder says it. Written once with the version, never changed. */
export interface ExtensionRecord {
  /** The form of this document; a reader that does not know it refuses the document. */
  readonly format: 1;
  readonly id: ExtensionId;
  readonly title: string;
  readonly vendor: string | null;
  readonly version: string | null;
  /** The reference of the image it came from; null for a folder. */
  readonly image: string | null;
  readonly digest: Digest;
  readonly source: ExtensionSource;
  readonly engine: EngineChoice;
  /** ISO 8601 in UTC. */
  readonly installedAt: string;
  readonly metadata: Metadata;
  /** Names of the backend's services, in the order of the compose file. */
  readonly services: readonly string[];
  /** Every file below `root/`. */
  readonly files: readonly RecordedFile[];
  readonly binaries: readonly RecordedBinary[];
}

/** Where an extension came from. */
export interface ExtensionSource {
  readonly kind: "folder" | "archive" | "layout" | "registry";
  /** An absolute path; for a registry the reference of the image, with its digest. */
  readonly path: string;
}

/** What runs the backend; null when there is no backend. */
export type EngineChoice = "local" | "docker" | null;

export interface RecordedFile {
  /** Relative to `root/`, with `/`. */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly size: number;
  /** 0o600, or 0o700 for a file that may be run. */
  readonly mode: number;
}

/** A host executable of an installed version. */
export interface RecordedBinary {
  /** The base name by which a page calls it. */
  readonly name: string;
  /** Relative to the version's folder, with `/`. */
  readonly path: string;
  readonly sha256: string;
}
