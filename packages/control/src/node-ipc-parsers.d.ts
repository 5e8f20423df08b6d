/** The only part of node-ipc that is used here; the package itself brings no types. */
declare module "node-ipc/parsers" {
  /** Turns a message into a frame and back; which profile it is decides what it refuses. */
  export interface EventParser {
    /** The frame of a message, its delimiter included. Throws for one over the limit. */
    encode(type: string, data: unknown): string;
    /** The message in a frame without its delimiter. Throws for one that is malformed or over the limit. */
    decode(frame: string): { readonly type: string; readonly data?: unknown };
  }

  /** All that the guarded profile reads of node-ipc's configuration. */
  export interface GuardedConfiguration {
    readonly parser: "guarded";
    readonly delimiter: string;
    readonly maxMessageSize: number;
    readonly maxPendingBytes: number;
    readonly maxEventNameLength: number;
    readonly messageTimeout: number;
    readonly allowReservedEvents: boolean;
  }

  export function createParser(configuration: GuardedConfiguration): EventParser;
}
