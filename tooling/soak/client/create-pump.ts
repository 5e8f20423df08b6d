/** Keeps a number of requests under way, in the order of their ids, up to a limit that can be raised. */
export interface Pump {
  /** Ids up to this one may start; as many as have room do so before it returns. */
  raise(limit: number): void;
  /** Resolves when every id up to the limit has started. */
  started(): Promise<void>;
  /** Resolves when no request is under way but slow ones. */
  quiet(): Promise<void>;
  /** Resolves when none is under way and none may start. */
  empty(): Promise<void>;
  /** The requests under way, oldest first, and when each was started. */
  readonly open: ReadonlyMap<number, number>;
}

export interface PumpOptions {
  readonly inFlight: number;
  /** Sends one request. */
  readonly send: (id: number) => Sent;
}

/** A request that was sent. */
export interface Sent {
  /** It takes seconds by design. */
  readonly isSlow: boolean;
  /** Resolves when it has ended; it never rejects. */
  readonly ended: Promise<void>;
}

/** A pump at rest: nothing starts before {@link Pump.raise}. */
export function createPump({ inFlight, send }: PumpOptions): Pump {
  const open = new Map<number, number>();
  let waiting: { readonly isTrue: () => boolean; readonly resolve: () => void }[] = [];
  let limit = 0;
  let last = 0;
  let quick = 0;
  const start = (id: number): void => {
    const { isSlow, ended } = send(id);
    const weight = isSlow ? 0 : 1;
    open.set(id, performance.now());
    quick += weight;
    void ended.finally(() => {
      open.delete(id);
      quick -= weight;
      turn();
    });
  };
  const turn = (): void => {
    while (open.size < inFlight && last < limit) start((last += 1));
    const due = waiting.filter(({ isTrue }) => isTrue());
    waiting = waiting.filter((each) => !due.includes(each));
    for (const { resolve } of due) resolve();
  };
  const until = (isTrue: () => boolean): Promise<void> => {
    if (isTrue()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push({ isTrue, resolve });
    return promise;
  };
  return {
    open,
    raise(to) {
      limit = to;
      turn();
    },
    started: () => until(() => last >= limit),
    quiet: () => until(() => quick === 0),
    empty: () => until(() => open.size === 0 && last >= limit),
  };
}
