export interface RateLimitOptions {
  readonly count: number;
  readonly windowMs: number;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** Creates a limit: the function answers true at most `count` times within any `windowMs`. A refused call does not count. */
export function createRateLimit({ count, windowMs, now }: RateLimitOptions): () => boolean {
  let granted: readonly number[] = [];
  return () => {
    const time = now();
    granted = granted.filter((then) => time - then < windowMs);
    if (granted.length >= count) return false;
    granted = [...granted, time];
    return true;
  };
}
