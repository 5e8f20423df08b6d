import type { Examination, Extension, ExtensionDetails, LogLine } from "@bowsprit/core";
import type { ExtensionPage } from "../extension-page.ts";
import type { EngineChoice, Host } from "../host.ts";
import type { VerbInput } from "./verb-input.ts";

/** What a caller of a verb may say beside its input. */
export interface VerbCall {
  readonly signal?: AbortSignal;
  /** Told each step in words. */
  readonly onProgress?: (message: string) => void;
}

/** An object without fields. */
export type Nothing = Readonly<Record<string, never>>;

/** What each verb takes and answers with, as JSON carries it. */
export interface VerbTypes {
  readonly list: { readonly input: Nothing; readonly result: readonly Extension[] };
  readonly get: { readonly input: { readonly id: string }; readonly result: ExtensionDetails };
  readonly examine: {
    readonly input: { readonly source: string; readonly engine?: EngineChoice };
    readonly result: Examination;
  };
  /** An agreement is that of an examination, or `granted` to whatever is asked. */
  readonly install: {
    readonly input: { readonly source: string; readonly engine?: EngineChoice; readonly agreement: string };
    readonly result: Extension;
  };
  readonly remove: { readonly input: { readonly id: string; readonly keepData?: boolean }; readonly result: Nothing };
  readonly start: { readonly input: { readonly id: string }; readonly result: Nothing };
  /** The default of `tail` is 200 lines. */
  readonly logs: {
    readonly input: { readonly id: string; readonly tail?: number; readonly service?: string };
    readonly result: readonly LogLine[];
  };
  readonly page: { readonly input: { readonly id: string }; readonly result: ExtensionPage | null };
}

export type VerbName = keyof VerbTypes;

/** One thing that a host can be asked for from outside its process: the same for every channel, as REST or as a message. */
export interface HostVerb<Name extends VerbName = VerbName> {
  readonly name: Name;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "DELETE";
  /** The path below the channel's root; `{id}` is a part of the input. */
  readonly path: string;
  /**
   * Reads the input, which nothing checked before, and does it; the answer is plain JSON.
   * @throws BowspritError `INVALID_ARGUMENT`, and what `Host` throws.
   */
  run(host: Host, input: VerbInput, call: VerbCall): Promise<VerbTypes[Name]["result"]>;
}
