import { BowspritError } from "@bowsprit/core";
import { fillBody, idOfBody } from "../plan/fill-body.ts";
import { announcedBytes, type Plan } from "../plan/plan-request.ts";

/** The end of one request as its ledger's line says it. */
export type Outcome = string;

/** What was read of an answer. */
export interface ReadAnswer {
  readonly status: number;
  /** The id in its head. */
  readonly head: number;
  readonly body: Uint8Array;
}

/** The id that an answer's head names, or 0. */
export function idOfHead(fields: Iterable<readonly [string, string]>): number {
  for (const [name, value] of fields) if (name.toLowerCase() === "x-id") return Number(value) || 0;
  return 0;
}

/** An answer that was read to its end. */
export function answered(plan: Plan, { status, head, body }: ReadAnswer): Outcome {
  const isSame = status === 200 && fillBody(plan.id, ">", announcedBytes(plan)).equals(body);
  return `answered ${head} ${idOfBody(body, ">")} ${isSame ? "same" : "differs"}`;
}

/** An answer whose reader went away from it. */
export function left(plan: Plan, { status, head, body }: ReadAnswer): Outcome {
  const isSame = status === 200 && fillBody(plan.id, ">", body.length).equals(body);
  return `left ${head} ${idOfBody(body, ">")} ${isSame ? "same" : "differs"}`;
}

/** No answer, or none that was whole. */
export function failed(error: unknown): Outcome {
  if (BowspritError.is(error)) return `failed ${error.code}`;
  return `failed untyped ${String(error).replace(/\s+/gu, " ")}`;
}
