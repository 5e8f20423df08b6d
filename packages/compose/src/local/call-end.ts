import type { CallOptions } from "@bowsprit/core";

/** The signal of a call: the caller's own, or its time, whichever comes first; undefined when it has neither. */
export function callEnd({ signal, timeoutMs }: CallOptions): AbortSignal | undefined {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const given = signals.filter((each) => each !== undefined);
  return given.length === 0 ? undefined : AbortSignal.any(given);
}
