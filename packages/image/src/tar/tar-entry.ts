/** What an entry is. Sockets do not exist in tar, and a contiguous file is a file. */
export type TarEntryKind = "file" | "folder" | "symlink" | "hardlink" | "device" | "fifo";

/** One entry as its headers describe it. Names are binary strings, a character for each byte, and nobody has judged them yet. */
export interface TarEntry {
  /** Never empty. `./`, a leading and a trailing slash are kept. */
  readonly path: string;
  readonly kind: TarEntryKind;
  /** Bytes of data that follow: 0 for anything but a file. */
  readonly size: number;
  /** The twelve bits of permissions, unjudged. */
  readonly mode: number;
  /** Where a symlink or a hard link leads, else "". */
  readonly link: string;
  /** 0, 1, 2 … within its archive: the way to find it again in a second pass. */
  readonly ordinal: number;
  /** Where its data begin in the archive, in bytes. */
  readonly offset: number;
}

/** Whoever is told what an archive holds. What it throws ends the reading. */
export interface TarHandler {
  /** True for an entry whose data are wanted: `data`, in order, then `end`. False for one that is skipped. */
  entry(entry: TarEntry): boolean;
  /** Some more of the data: a view on the reader's input, valid during the call. */
  data(chunk: Buffer): void;
  end(): void;
}
