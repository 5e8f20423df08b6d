import type { After } from "../src/after.ts";

/** A clock that stands still until a test moves it. */
export interface ManualClock {
  readonly after: After;
  /** Moves on, doing on the way what is due. */
  advance(ms: number): void;
  /** How long each of those who wait still waits, the shortest first. */
  waiting(): readonly number[];
}

/** Creates a clock at 0. */
export function createManualClock(): ManualClock {
  let time = 0;
  let timers: readonly { readonly due: number; readonly action: () => void }[] = [];
  const next = (until: number): (typeof timers)[number] | undefined =>
    timers.filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0];
  return {
    after(ms, action) {
      const timer = { due: time + ms, action };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = time + ms;
      for (let timer = next(end); timer !== undefined; timer = next(end)) {
        const { due, action } = timer;
        timers = timers.filter((other) => other !== timer);
        time = due;
        action();
      }
      time = end;
    },
    waiting: () => timers.map(({ due }) => due - time).toSorted((a, b) => a - b),
  };
}
