import type { Address } from "../address.ts";
import type { Dialer, Transport } from "../transport.ts";
import type { Peer } from "./peer.ts";

/** A transport that is put to the test. */
export interface TransportSubject {
  /** The heading of its column. */
  readonly name: string;
  readonly transport: Transport;
  /** An address that nothing has used. */
  freshAddress(): Address;
  /** An address that is as long as can be, so that one byte more is too long. Asked for where `traits.maxAddressBytes` is set. */
  longestAddress?(): Address;
  /** Leaves at an address what a listener that died leaves. Asked for where `traits.leavesFile` is true. */
  leaveStale?(address: Address): Promise<void>;
  /** The same address, but of an owner who is not this process. Asked for where `traits.checksOwner` is true. */
  ownedByAnother?(address: Address): Address;
  /** What is left where addresses were, by name; nothing may be. */
  leftovers?(): Promise<readonly string[]>;
  /** Streams of `close.cycles-leave-nothing`; the default is 10,000. */
  readonly cycles?: number;
}

/** A dialer that is put to the test: what can only dial, to peers of its own. */
export interface DialerSubject {
  readonly name: string;
  readonly dialer: Dialer;
  /** An address where each stream that is dialled finds this peer; `servePeer` is what it does there. */
  serve(peer: Peer): Promise<Address>;
  /** An address where nobody is. */
  nowhere(): Address;
  leftovers?(): Promise<readonly string[]>;
  readonly cycles?: number;
}

export type Subject = TransportSubject | DialerSubject;
