/** Lets callers through one at a time, in the order in which they came; each key has a line of its own. */
export interface Turnstile {
  /** Runs `work` when everybody who came before for that key has gone through, whether well or not. */
  pass<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** A turnstile with no line; a line is forgotten when nobody stands in it. */
export function createTurnstile(): Turnstile {
  const lines = new Map<string, Promise<unknown>>();
  return {
    pass(key, work) {
      const turn = (lines.get(key) ?? Promise.resolve()).then(work);
      const end = turn
        .catch(() => {})
        .then(() => {
          if (lines.get(key) === end) lines.delete(key);
        });
      lines.set(key, end);
      return turn;
    },
  };
}
