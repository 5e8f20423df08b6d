import { expect, it } from "vitest";
import { matrix } from "../matrix.ts";
import { removedChecks } from "../removed-checks.ts";
import { runMatrix } from "../run-matrix.ts";
import { startPlace } from "../start-place.ts";

it.each(removedChecks)(
  "without $name exactly its rows are red",
  async (removed) => {
    await using served = await startPlace(removed);
    const reds = (await runMatrix(served.place)).filter(({ isRed }) => isRed).map(({ row }) => row.id);
    const expected = matrix
      .map(({ id }) => id)
      .filter((id) => removed.reds.some((red) => id === red || id.slice(0, -1) === red));
    expect(reds).toEqual(expected);
  },
  60_000,
);
