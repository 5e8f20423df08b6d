import { ErrorCode } from "@bowsprit/core";
import type { Admission, Deed, Fault, FaultName, Shape } from "./fault.ts";

const whole: Admission = { end: "answered", deeds: ["answered"], why: "the answer was sent whole" };
const lost: Admission = {
  end: ErrorCode.ConnectionLost,
  deeds: ["broke"],
  why: "the connection ended before the answer",
};
const malformed: Admission = { end: ErrorCode.MessageMalformed, deeds: ["broke"], why: "what came is not HTTP" };
const tooLate: Admission = { end: ErrorCode.DeadlineExceeded, deeds: ["withheld"], why: "the rest never came" };

/** Ended by the client itself: nobody knows how far the request had come by then. */
const calledOff = (...deeds: readonly Deed[]): Admission => ({
  end: ErrorCode.Aborted,
  deeds,
  why: "the signal fired, or the body failed",
});
const overdue = (...deeds: readonly Deed[]): Admission => ({
  end: ErrorCode.DeadlineExceeded,
  deeds,
  why: "the call's own deadline passed",
});

const fault = (share: number, shape: Shape, ...admits: readonly Admission[]): Fault => ({ share, shape, admits });
const row = (name: string, of: Fault): Fault => ({ ...of, row: name });

/** What may go wrong, how often, and which ends are right then. A request without a fault has one right end. */
export const faultTable: Readonly<Record<FaultName | "none", Fault>> = {
  none: fault(0, "any", whole),

  // The backend cuts its answer short, or never begins it.
  "cut-length": row("X01", fault(600, "length", lost)),
  "cut-chunked": row("X01", fault(500, "chunked", lost)),
  "long-length": row("X05", fault(400, "length", lost)),
  close: row("X07", fault(500, "any", lost)),
  "close-early": row("X07", fault(200, "upload", lost)),
  reset: row("X07", fault(400, "upload", lost)),

  // What comes is no answer.
  garbage: row("X03", fault(400, "any", malformed)),
  "garbage-head": row("X03", fault(200, "any", malformed)),
  "garbage-chunk": row("X03", fault(200, "chunked", malformed)),
  switch: row("X03", fault(100, "any", malformed)),
  "large-head": fault(100, "any", { end: ErrorCode.MessageTooLarge, deeds: ["broke"], why: "its head is over 16 KiB" }),

  // The answer is whole, but for what comes around it.
  "short-length": row("X05", fault(400, "small", whole)),
  "extra-bytes": row("X04", fault(400, "small", whole)),
  "extra-answer": row("X04", fault(500, "small", whole)),
  "fin-early": row("X06", fault(300, "upload", whole)),
  trickle: row("X08", fault(300, "framed", whole)),
  "reset-late": row(
    "X06",
    fault(200, "upload", whole, {
      end: ErrorCode.ConnectionLost,
      deeds: ["answered"],
      why: "the reset of a connection that is still being written to may overtake what was sent on it",
    }),
  ),

  // Nothing more comes: the client's limits.
  never: row("X02", fault(40, "plain", tooLate)),
  stall: row("X02", fault(40, "plain", tooLate)),

  // The client calls it off.
  "abort-before": fault(200, "any", calledOff("unseen")),
  "abort-waiting": row("X38", fault(400, "any", calledOff("unseen", "received", "withheld"))),
  "abort-race": row("X38", fault(400, "any", whole, calledOff("unseen", "received", "answered"))),
  "abort-body": row("X38", fault(300, "plain", calledOff("withheld"))),
  "leave-early": row("X38", fault(300, "large", { end: "left", deeds: ["answered"], why: "its reader went away" })),
  "deadline-waiting": fault(300, "any", overdue("unseen", "received", "withheld")),
  "deadline-race": fault(200, "any", whole, overdue("unseen", "received", "answered")),
  "deadline-body": fault(200, "plain", overdue("unseen", "received", "withheld")),
  "body-fails": fault(200, "stream", calledOff("unseen", "received")),
};

/** What is right besides for a request that was under way while the backend was dead: from its kill until it listens again. */
export const killAdmits: readonly Admission[] = [
  {
    end: ErrorCode.ConnectionLost,
    deeds: ["unseen", "received", "answered", "broke", "withheld"],
    why: "its connection died with the backend; the ledger is written before the answer is",
  },
  { end: ErrorCode.EndpointUnreachable, deeds: ["unseen"], why: "nobody listened when it was dialled" },
];
