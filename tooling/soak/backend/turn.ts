import type { Socket } from "node:net";
import type { Deed } from "../plan/fault.ts";
import type { Plan } from "../plan/plan-request.ts";

/** One request's turn on its connection. */
export interface Turn {
  readonly plan: Plan;
  readonly socket: Socket;
  /** Writes the ledger's second line of this request; before anything is sent, or a kill could come in between. */
  did(deed: Exclude<Deed, "unseen" | "received">): void;
  /** The connection is free for the next request. */
  done(): void;
}

/** What the backend does with a request. */
export interface Act {
  /** `head`: while the body is still on its way. */
  readonly when: "head" | "whole";
  readonly run: (turn: Turn) => void;
}
