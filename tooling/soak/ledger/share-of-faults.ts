import type { Ends } from "./judge-ledgers.ts";

/** How many requests ended in some way, and which part of them carried a fault. */
export function shareOfFaults(ends: Ends): { readonly all: number; readonly share: number } {
  const totals = new Map([...ends].map(([fault, ways]) => [fault, [...ways.values()].reduce((a, b) => a + b, 0)]));
  const all = [...totals.values()].reduce((a, b) => a + b, 0);
  return { all, share: 1 - (totals.get("none") ?? 0) / Math.max(1, all) };
}
