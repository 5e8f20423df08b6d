import { BowspritError, type CallOptions, ErrorCode, withinLimits } from "@bowsprit/core";
import type { HomeLock, Store } from "@bowsprit/store";

/** This host's turn on the home: taken from other processes when it is first needed, given back when the last need ends. */
export interface HomeSession extends AsyncDisposable {
  /**
   * Keeps the home for this host until the result is disposed; a backend holds it for as long as it runs.
   * @throws BowspritError `HOME_LOCKED`, `ABORTED` once the session was disposed.
   */
  hold(options?: CallOptions): Promise<AsyncDisposable>;
  /** Runs one change at a time. @throws BowspritError as {@link HomeSession.hold}, and what the work throws. */
  change<T>(work: (lock: HomeLock) => Promise<T>, options?: CallOptions): Promise<T>;
}

/** One taking of the lock, shared by all who need the home meanwhile; it ends with the last of them. */
interface Turn {
  readonly lock: Promise<HomeLock>;
  readonly cancel: AbortController;
  needs: number;
}

/** Creates the session of one host; nothing is locked yet. Disposing refuses further needs and waits for the change under way. */
export function createHomeSession(store: Store): HomeSession {
  let turn: Turn | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const giveBack = async (given: Turn): Promise<void> => {
    given.needs -= 1;
    if (given.needs > 0) return;
    if (turn === given) turn = undefined;
    given.cancel.abort();
    await (await given.lock.catch(() => undefined))?.[Symbol.asyncDispose]();
  };

  const take = async (options: CallOptions): Promise<[Turn, HomeLock]> => {
    if (isClosed) throw new BowspritError(ErrorCode.Aborted, `use the host of ${store.home}: it was disposed`);
    const taken = (turn ??= beginTurn(store));
    taken.needs += 1;
    try {
      return [taken, await withinLimits(`take the home ${store.home}`, taken.lock, options)];
    } catch (error) {
      await giveBack(taken);
      throw asLocked(error, store.home);
    }
  };

  const change = async <T>(work: (lock: HomeLock) => Promise<T>, options: CallOptions): Promise<T> => {
    const [taken, lock] = await take(options);
    try {
      return await work(lock);
    } finally {
      await giveBack(taken);
    }
  };

  return {
    async hold(options = {}) {
      const [taken] = await take(options);
      let released: Promise<void> | undefined;
      return { [Symbol.asyncDispose]: () => (released ??= giveBack(taken)) };
    },
    change(work, options = {}) {
      const result = last.then(() => change(work, options));
      last = result.catch(() => undefined);
      return result;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await last;
    },
  };
}

/** No caller's limits are those of the others: each waits for the lock within its own. */
function beginTurn(store: Store): Turn {
  const cancel = new AbortController();
  const lock = store.lock({ signal: cancel.signal });
  lock.catch(() => {});
  return { lock, cancel, needs: 0 };
}

function asLocked(error: unknown, home: string): unknown {
  if (!BowspritError.is(error, ErrorCode.DeadlineExceeded)) return error;
  return new BowspritError(ErrorCode.HomeLocked, `take the home ${home}: another process holds it`, {
    cause: error,
    hint: "Try again when it is done; a host that runs a backend holds its home until it is disposed.",
  });
}
