import { createCell, type Watchable } from "./create-cell.ts";
import { hashOf, readRoute, type Route } from "./route.ts";

/** What the router needs of a `window`. */
export interface RouterWindow {
  readonly location: { hash: string };
  addEventListener(type: "hashchange", listener: () => void): void;
}

/** Where the user is. It is kept in the address, so that a reload and a second tab keep the place. */
export interface Router extends Watchable<Route> {
  go(route: Route): void;
}

/** Creates the router of a window; it listens for as long as the window is there. */
export function createRouter(window: RouterWindow): Router {
  const cell = createCell(readRoute(window.location.hash));
  const read = (): void => {
    const next = readRoute(window.location.hash);
    if (hashOf(next) !== hashOf(cell.value())) cell.set(next);
  };
  window.addEventListener("hashchange", read);
  return {
    value: cell.value,
    subscribe: cell.subscribe,
    go(route) {
      window.location.hash = hashOf(route);
      // The event comes later; what was drawn until then would belong to the old place.
      read();
    },
  };
}
