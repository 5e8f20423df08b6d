import type { JSX } from "preact";
import type { AnyState } from "./state-dot.tsx";

/** A state as a dot with its name beside it. */
export function StateBadge({ state }: { readonly state: AnyState }): JSX.Element {
  return (
    <span class="badge" data-state={state}>
      <span class="dot" data-state={state} aria-hidden="true" />
      {state}
    </span>
  );
}
