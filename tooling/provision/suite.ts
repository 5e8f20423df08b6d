/** What a group of tests misses on this computer. */
export interface Lack {
  /** Why its tests will be skipped, as the end of a sentence. */
  readonly reason: string;
  /** What a person would do about it; mostly one command. */
  readonly enable: string;
  /** The Debian packages that bring it; none where no package would help. */
  readonly packages: readonly string[];
}

/** A group of tests that needs programs which only the computer's own package manager brings. */
export interface Suite {
  /** One word, the beginning of every message. */
  readonly name: string;
  /** Whose tests they are, in a sentence: `the Windows suites`. */
  readonly title: string;
  /** Looks for what is needed; installs nothing. Undefined when all of it is there. */
  look(): Promise<Lack | undefined>;
  /** What is done once everything is there. */
  prepare?(): Promise<void>;
}
