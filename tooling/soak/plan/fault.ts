import type { ErrorCode } from "@bowsprit/core";

/** What goes wrong with a request on purpose; `none` for most. */
export type FaultName = BackendFault | ClientFault;

export type BackendFault =
  | "cut-length"
  | "cut-chunked"
  | "long-length"
  | "short-length"
  | "close"
  | "close-early"
  | "reset"
  | "garbage"
  | "garbage-head"
  | "garbage-chunk"
  | "large-head"
  | "switch"
  | "extra-bytes"
  | "extra-answer"
  | "fin-early"
  | "reset-late"
  | "trickle"
  | "never"
  | "stall";

export type ClientFault =
  | "abort-before"
  | "abort-waiting"
  | "abort-race"
  | "abort-body"
  | "leave-early"
  | "deadline-waiting"
  | "deadline-race"
  | "deadline-body"
  | "body-fails";

/** How a request ended for who sent it: with its whole answer, by going away from it, or with the code of an error. */
export type End = "answered" | "left" | ErrorCode;

/** How far the backend came with a request, by its own ledger. */
export type Deed = "unseen" | "received" | "answered" | "broke" | "withheld";

/** An end that is right where the backend's ledger says one of these. */
export interface Admission {
  readonly end: End;
  readonly deeds: readonly Deed[];
  readonly why: string;
}

/** What a fault needs of the request that carries it; `framed` is an answer that says where it ends, `plain` no stream besides. */
export type Shape = "any" | "framed" | "plain" | "small" | "length" | "chunked" | "large" | "upload" | "stream";

export interface Fault {
  /** Of 100,000 requests. */
  readonly share: number;
  /** A row of the fault matrix, where it has one. */
  readonly row?: string;
  readonly shape: Shape;
  /** Every end that is right; any other is a disagreement. */
  readonly admits: readonly Admission[];
}
