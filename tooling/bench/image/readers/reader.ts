/** One library's way to list an archive. Data of entries are skipped. */
export interface Reader {
  /** True when it may look at a piece after it took the next one, so that each needs memory of its own. */
  readonly keepsPieces: boolean;
  /** How many entries there are. Rejects for what it takes for no archive. */
  read(pieces: AsyncIterable<Buffer>): Promise<number>;
}
