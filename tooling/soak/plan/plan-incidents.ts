/** Something that happens to the backend as a whole, once the request of that id has started. */
export interface Incident {
  readonly after: number;
  readonly kind: "spoil" | "kill";
}

const every = 1000;
const killEvery = 5000;

/** Kills fill the first half of so many requests; in the other half, what the client's limits are to end lives to see them. */
const period = 100_000;

/** The incidents of a run, in order, one after every 1,000 requests. */
export function planIncidents(requests: number): readonly Incident[] {
  const count = Math.floor((requests - 1) / every);
  return Array.from({ length: count }, (_, index) => {
    const after = (index + 1) * every;
    return { after, kind: isKill(after) ? "kill" : "spoil" };
  });
}

function isKill(after: number): boolean {
  return after % killEvery === 0 && after % period > 0 && after % period <= period / 2;
}
