/** A value that is watched. */
export interface Watchable<T> {
  value(): T;
  /** Calls `listener` after every change, until the function it answers with is called. */
  subscribe(listener: () => void): () => void;
}

/** A value that is watched and can be replaced. */
export interface Cell<T> extends Watchable<T> {
  /** Replaces the value; listeners hear of it unless it is the same one. */
  set(next: T): void;
}

/** Creates a cell that holds `initial`. */
export function createCell<T>(initial: T): Cell<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    value: () => current,
    set(next) {
      if (Object.is(next, current)) return;
      current = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      // Wrapped, so that one function given twice is two subscriptions.
      const own = (): void => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
