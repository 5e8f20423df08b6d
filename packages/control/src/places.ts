/** Lets so many in at a time; the others wait in the order in which they came. */
export interface Places {
  /** Resolves with a place; disposing it lets the next one in. */
  take(): Promise<Disposable>;
}

export function createPlaces(count: number): Places {
  const waiting: (() => void)[] = [];
  let free = count;
  const give = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return { [Symbol.dispose]: give };
    },
  };
}
