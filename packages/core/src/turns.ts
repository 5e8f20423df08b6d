/** Lets pieces of work on the same thing run one after the other. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Turns for any number of keys; a key costs nothing once its work is done. A piece that fails does not stop the next. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => {});
    last.set(key, settled);
    try {
      return await turn;
    } finally {
      if (last.get(key) === settled) last.delete(key);
    }
  };
}
