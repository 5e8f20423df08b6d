import type { Duplex } from "node:stream";
import type { CallOptions } from "@bowsprit/core";
import type { Address, Scheme } from "./address.ts";

/** What a way of carrying bytes can and cannot do: frozen data, the only thing that tests may skip on. */
export interface Traits {
  /** Closing the writing side leaves the reading side open. */
  readonly halfClose: boolean;
  /** The listening end is a file that a crash leaves behind. */
  readonly leavesFile: boolean;
  /** Bytes an address may have, or null where there is no limit of ours to respect. */
  readonly maxAddressBytes: number | null;
  /** What listens at an address has an owner, and dialling refuses another one than the address asks for. */
  readonly checksOwner: boolean;
}

/** Carries bytes to an address. The stream belongs to the caller, who destroys it. */
export interface Dialer {
  readonly name: string;
  readonly scheme: Scheme;
  readonly traits: Traits;
  /**
   * Opens one stream; `timeoutMs` is 5,000 by default: a local endpoint that has not answered by then will not.
   * @throws BowspritError `ENDPOINT_UNREACHABLE`, `ENDPOINT_FORBIDDEN`, `ENDPOINT_INVALID`, `DEADLINE_EXCEEDED`, `ABORTED`.
   */
  connect(address: Address, options?: CallOptions): Promise<Duplex>;
}

/** How a listener ends. */
export interface CloseOptions {
  /** Milliseconds that accepted streams have to end by themselves; the default is 0, and the first call decides. */
  readonly graceMs?: number;
}

/** A bound address. Disposing is closing without grace. */
export interface Listener extends AsyncDisposable {
  readonly address: Address;
  /**
   * Stops listening and removes what was bound, gives accepted streams their grace, destroys those that are still open then, and ends
   * when all are gone. Any number of calls end together.
   */
  close(options?: CloseOptions): Promise<void>;
}

/** A dialer that can also listen, and that knows where the services of a scope are to be found. */
export interface Transport extends Dialer {
  /** The address of a service in a scope; the same two names always give the same address. */
  address(scope: string, service: string): Address;
  /**
   * Binds and hands each accepted stream to `accept`, which then owns it. A live listener is never displaced; what a dead one left is.
   * @throws BowspritError `ENDPOINT_IN_USE`, `ENDPOINT_INVALID`, `ENDPOINT_FORBIDDEN`.
   */
  listen(address: Address, accept: (stream: Duplex) => void, options?: CallOptions): Promise<Listener>;
}
