import { BowspritError, type Extension, type HostEvent } from "@bowsprit/core";
import { createCell, type Watchable } from "./create-cell.ts";
import { inOrder, reduceCatalog } from "./reduce-catalog.ts";

/** The list of what is installed, or why there is none yet. */
export type CatalogState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly extensions: readonly Extension[] }
  | { readonly kind: "failed"; readonly error: BowspritError };

/** The installed extensions, as the gateway last said. */
export interface Catalog extends Watchable<CatalogState> {
  /** Reads the whole list anew. A failure replaces a list that was never there; one that is shown stays. Never rejects. */
  refresh(): Promise<void>;
  /** Takes an event in. Of events that come while a list is on its way none is lost, for that list may be older than they are. */
  apply(event: HostEvent): void;
}

/** Creates a catalog that reads its list by `list`; it is empty until the first `refresh`. */
export function createCatalog(list: () => Promise<readonly Extension[]>): Catalog {
  const cell = createCell<CatalogState>({ kind: "loading" });
  let latest = 0;
  let late: readonly HostEvent[] = [];
  const show = (extensions: readonly Extension[]): void => cell.set({ kind: "ready", extensions });
  return {
    value: cell.value,
    subscribe: cell.subscribe,
    async refresh() {
      const turn = ++latest;
      late = [];
      try {
        const extensions = await list();
        // A later call asked later, so what it hears is newer.
        if (turn === latest) show(late.reduce(reduceCatalog, inOrder(extensions)));
      } catch (reason) {
        if (turn === latest && cell.value().kind !== "ready") {
          cell.set({ kind: "failed", error: BowspritError.from(reason) });
        }
      }
    },
    apply(event) {
      late = [...late, event];
      const state = cell.value();
      if (state.kind === "ready") show(reduceCatalog(state.extensions, event));
    },
  };
}
