/** The last argument of every call that may wait. */
export interface CallOptions {
  /** Ends the call with `ABORTED`; its reason becomes the cause. */
  readonly signal?: AbortSignal;
  /** Milliseconds until the call ends with `DEADLINE_EXCEEDED`. Each call documents its own default. */
  readonly timeoutMs?: number;
}
