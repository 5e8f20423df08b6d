/** A regular file of an image that may be written. */
export interface ImageFile {
  /** Where it is written: text, relative, with `/`, nowhere `.` or `..`. For a link it is the link's own name. */
  readonly path: string;
  /** Where its data are: the index of the layer, and of the entry in that layer's archive. */
  readonly layer: number;
  readonly ordinal: number;
  /** Bytes. */
  readonly size: number;
  /** 0o700 where the image lets anyone run it, else 0o600; nothing else of a mode reaches the disk. */
  readonly mode: 0o600 | 0o700;
}
