import { type Duplex, duplexPair } from "node:stream";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Dialer } from "../src/index.ts";

/** A dialer whose other ends stay in this process. */
export interface MemoryTransport {
  readonly dialer: Dialer;
  /** How often something was dialled. */
  readonly dialled: () => number;
  /** The streams that are still open, on the dialling side. */
  readonly open: () => number;
  /** Breaks every open stream as an operating system does when the other side dies. */
  readonly reset: () => void;
}

/** Every dialled stream's other end goes to `accept`; without one nobody listens. */
export function createMemoryTransport(accept?: (stream: Duplex) => void): MemoryTransport {
  const streams = new Set<Duplex>();
  let count = 0;
  const dialer: Dialer = {
    name: "memory",
    scheme: "unix",
    traits: Object.freeze({ halfClose: true, leavesFile: false, maxAddressBytes: null, checksOwner: false }),
    connect() {
      count += 1;
      if (accept === undefined)
        return Promise.reject(new BowspritError(ErrorCode.EndpointUnreachable, "dial memory: nobody listens"));
      const [near, far] = duplexPair();
      streams.add(near);
      near.once("close", () => streams.delete(near));
      near.once("close", () => far.destroy());
      far.once("close", () => near.destroy());
      far.on("error", () => {});
      accept(far);
      return Promise.resolve(near);
    },
  };
  const reset = (): void => {
    for (const stream of streams) stream.destroy(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
  };
  return { dialer, dialled: () => count, open: () => streams.size, reset };
}
