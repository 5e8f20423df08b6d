import { BowspritError, ErrorCode } from "@bowsprit/core";

/** Lets so many in at a time; the others wait in the order in which they came. */
export interface Places {
  /**
   * Resolves with a place; disposing it lets the next one in. `attempt` begins the messages.
   * @throws BowspritError `ABORTED`, also while it waits; `INVALID_ARGUMENT` where too many wait.
   */
  take(attempt: string, signal?: AbortSignal): Promise<Disposable>;
}

export interface PlacesOptions {
  readonly count: number;
  /** How many may wait at a time. */
  readonly maxWaiting: number;
}

export function createPlaces({ count, maxWaiting }: PlacesOptions): Places {
  // In the order of their coming, and quick to leave.
  const waiting = new Set<() => void>();
  let free = count;
  const give = (): void => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else {
      waiting.delete(next);
      next();
    }
  };
  const wait = async (attempt: string, signal: AbortSignal | undefined): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      if (waiting.delete(resolve)) reject(aborted(attempt, signal));
    };
    waiting.add(resolve);
    signal?.addEventListener("abort", leave);
    try {
      await promise;
    } finally {
      signal?.removeEventListener("abort", leave);
    }
    // Called off in the moment in which the place was given.
    if (signal?.aborted === true) {
      give();
      throw aborted(attempt, signal);
    }
  };
  return {
    async take(attempt, signal) {
      if (signal?.aborted === true) throw aborted(attempt, signal);
      if (free > 0) free -= 1;
      else if (waiting.size < maxWaiting) await wait(attempt, signal);
      else throw tooMany(attempt, maxWaiting);
      return { [Symbol.dispose]: give };
    },
  };
}

function aborted(attempt: string, signal: AbortSignal | undefined): BowspritError {
  return new BowspritError(ErrorCode.Aborted, `${attempt}: told to stop`, { cause: signal?.reason });
}

function tooMany(attempt: string, maxWaiting: number): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `${attempt}: ${maxWaiting} calls wait already`, {
    hint: "Wait for calls to end before more are made.",
  });
}
