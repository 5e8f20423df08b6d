import type { CallOptions } from "@bowsprit/core";
import type { HomeLock, Store } from "@bowsprit/store";

/** This host's turn on the home: taken from other processes when it is first needed, given back when the last need ends. */
export interface HomeSession extends AsyncDisposable {
  /** Keeps the home for this host until the result is disposed; a backend holds it for as long as it runs. */
  hold(options?: CallOptions): Promise<AsyncDisposable>;
  /** Runs one change at a time. */
  change<T>(work: (lock: HomeLock) => Promise<T>, options?: CallOptions): Promise<T>;
}

/** Creates the session of one host; nothing is locked yet. Disposing waits for the change under way. */
export function createHomeSession(store: Store): HomeSession {
  let holders = 0;
  let locked: Promise<HomeLock> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const take = async (options: CallOptions): Promise<HomeLock> => {
    holders += 1;
    locked ??= store.lock({
      ...(options.signal && { signal: options.signal }),
      ...(options.timeoutMs !== undefined && { waitMs: options.timeoutMs }),
    });
    try {
      return await locked;
    } catch (error) {
      holders -= 1;
      locked = undefined;
      throw error;
    }
  };
  const giveBack = async (): Promise<void> => {
    holders -= 1;
    if (holders > 0) return;
    const held = locked;
    locked = undefined;
    await (await held)?.[Symbol.asyncDispose]();
  };

  const change = async <T>(work: (lock: HomeLock) => Promise<T>, options: CallOptions): Promise<T> => {
    const lock = await take(options);
    try {
      return await work(lock);
    } finally {
      await giveBack();
    }
  };

  return {
    async hold(options = {}) {
      await take(options);
      let released: Promise<void> | undefined;
      return { [Symbol.asyncDispose]: () => (released ??= giveBack()) };
    },
    change(work, options = {}) {
      const result = last.then(() => change(work, options));
      last = result.catch(() => undefined);
      return result;
    },
    async [Symbol.asyncDispose]() {
      await last;
    },
  };
}
