import type { ServiceCallOptions } from "./request-shorthands.ts";

/** One server-sent event (HTML §9.2). */
export interface ServiceEvent {
  /** What the backend calls it, by default `message`. */
  readonly type: string;
  /** The lines of its data, with a line feed between them. */
  readonly data: string;
  /** The last id that this stream gave, be it with an earlier event; an empty string before the first. */
  readonly id: string;
}

/** How events are followed. `signal` and `timeoutMs` hold until the last of them. */
export interface EventOptions extends ServiceCallOptions {
  /** Sent as `Last-Event-ID`, to go on where an earlier stream broke off; an empty one is not sent. */
  readonly lastEventId?: string;
  /** Bytes one event may have, its type, data and id together; the default is 1 MiB. */
  readonly maxEventBytes?: number;
  /** Milliseconds the stream may be silent; the default is 0, for ever: events come when something happens. */
  readonly idleTimeoutMs?: number;
}
