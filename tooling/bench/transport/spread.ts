/** What repeated measurements come to. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** All of it is not a number where nothing was measured. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return {
    median: ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}

/** Both lists round by round: what was measured one shortly after the other is compared. */
export function ratioOf(values: readonly number[], others: readonly number[]): Spread {
  return spreadOf(others.length === 0 ? [] : values.map((value, round) => value / (others[round] ?? Number.NaN)));
}
