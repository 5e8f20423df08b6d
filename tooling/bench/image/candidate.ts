/** What opening an image needs of its layers: the digest of each, and how many entries there are in all. */
export interface Answer {
  readonly digests: readonly string[];
  readonly entries: number;
  /** MiB, the most that its process had. */
  readonly rss?: number;
  /** Milliseconds of processor time until it could begin: Node, and the sources that it had to load. */
  readonly start?: number;
}

/** One way to read the layers. */
export interface Candidate {
  readonly name: string;
  /** Reads them all with processes that have ended when it returns: their time is what is measured. */
  read(layers: readonly string[]): Answer;
}
