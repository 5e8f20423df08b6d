import type { Host } from "../host.ts";
import type { VerbInput } from "./verb-input.ts";

/** What a caller of a verb may say beside its input. */
export interface VerbCall {
  readonly signal?: AbortSignal;
  /** Told each step in words. */
  readonly onProgress?: (message: string) => void;
}

/** One thing that a host can be asked for from outside its process: the same for every channel, as REST or as a message. */
export interface HostVerb {
  readonly name: VerbName;
  /** The HTTP method. */
  readonly method: "GET" | "POST" | "DELETE";
  /** The path below the channel's root; `{id}` is a part of the input. */
  readonly path: string;
  /** Reads the input and does it; the answer is plain JSON. @throws BowspritError `INVALID_ARGUMENT`, and what `Host` throws. */
  run(host: Host, input: VerbInput, call: VerbCall): Promise<unknown>;
}

export type VerbName = "list" | "get" | "examine" | "install" | "remove" | "start" | "logs" | "page";
