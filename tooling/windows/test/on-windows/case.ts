/** One promise, checked under real Windows Node: it fails by throwing. */
export type Case = readonly [name: string, run: () => Promise<void>];

/** What became of the cases, as the script under Windows writes it down. */
export interface Outcome {
  readonly platform: string;
  readonly node: string;
  /** By case name: null, or why it failed. */
  readonly failures: Readonly<Record<string, string | null>>;
}
