import type { Nothing, VerbTypes } from "@bowsprit/sdk";
import type { DaemonStatus } from "./daemon-status.ts";

/** What one call of a verb has beside its input. */
export interface VerbCall {
  /** Fires when the peer calls it off or is gone. */
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** What each verb of a message channel takes and answers with. */
export type VerbMap<Verbs> = {
  readonly [Name in keyof Verbs]: { readonly input: unknown; readonly result: unknown };
};

/** What does each verb; nothing checked an input before. */
export type VerbHandlers<Verbs extends VerbMap<Verbs>> = {
  readonly [Name in keyof Verbs]: (input: unknown, call: VerbCall) => Promise<Verbs[Name]["result"]>;
};

/** What the command line asks of a daemon by message; the verbs of the one table whose answers are small, and the daemon's own. */
export interface MessageVerbs extends Pick<VerbTypes, "remove" | "start"> {
  /** An extension's whole description can be large: who wants it asks for it by HTTP. */
  readonly install: {
    readonly input: VerbTypes["install"]["input"];
    readonly result: Pick<VerbTypes["install"]["result"], "id">;
  };
  readonly status: { readonly input: Nothing; readonly result: DaemonStatus };
  readonly stop: { readonly input: Nothing; readonly result: Nothing };
}
