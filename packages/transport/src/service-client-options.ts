import type { Address } from "./address.ts";
import type { ServiceHeaders } from "./service-message.ts";
import type { Dialer } from "./transport.ts";

/** Where a client dials, what it always sends, and how long it waits. */
export interface ServiceClientOptions {
  readonly dialer: Dialer;
  readonly address: Address;
  /** Sent with every request; a request's own field of the same name replaces them. */
  readonly headers?: ServiceHeaders;
  /** Milliseconds to open a connection; the default is 5,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds from the last byte sent to the headers of the answer; the default is 60,000, and 0 waits for ever. */
  readonly firstByteTimeoutMs?: number;
  /**
   * Milliseconds an answer may stand still while its reader waits; the default is 120,000, and 0 waits for ever. Event streams have a limit
   * of their own, WebSockets and upgraded streams none.
   */
  readonly idleTimeoutMs?: number;
  /**
   * Connections at a time, the other requests wait. The default is no limit: event streams would use any up. WebSockets and upgraded
   * streams do not count.
   */
  readonly maxConnections?: number;
}
