import type { Extension, ExtensionState } from "@bowsprit/core";
import type { JSX } from "preact";

/** The state of an extension or of one of its services. */
export type AnyState = ExtensionState | Extension["services"][number]["state"];

/** A state as a dot, each of its own shape as well as colour, with its name for those who do not see it. */
export function StateDot({ state }: { readonly state: AnyState }): JSX.Element {
  return (
    <span class="dot" data-state={state} title={state}>
      <span class="hidden">, {state}</span>
    </span>
  );
}
