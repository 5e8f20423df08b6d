/** Where an image is. `name` chooses among several: a reference, or whatever the archive calls it. */
export interface ImageLocation {
  /** An archive (`docker save`, OCI), or an OCI layout folder. */
  readonly kind: "archive" | "layout";
  /** An absolute path. */
  readonly path: string;
  readonly name?: string;
}

/** How far an image was read or written. */
export interface ImageProgress {
  readonly phase: "unpack" | "read" | "write";
  /** Of what is stored, so of the compressed form where there is one. */
  readonly bytes: number;
  readonly total: number;
}
