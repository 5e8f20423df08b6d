import { useLayoutEffect, useState } from "preact/hooks";
import type { Watchable } from "./create-cell.ts";

/** The value of a cell, for a component that is drawn again when it changes. */
export function useCell<T>(cell: Watchable<T>): T {
  const [, count] = useState(0);
  const redraw = (): void => count((before) => before + 1);
  const drawn = cell.value();
  useLayoutEffect(() => {
    // It may have changed between drawing and now.
    if (!Object.is(cell.value(), drawn)) redraw();
    return cell.subscribe(redraw);
  }, [cell]);
  return drawn;
}
