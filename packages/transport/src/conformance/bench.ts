import type { Duplex } from "node:stream";
import type { CallOptions } from "@bowsprit/core";
import type { Address } from "../address.ts";
import { createServiceClient } from "../create-service-client.ts";
import type { ServiceClient } from "../service-client.ts";
import type { ServiceClientOptions } from "../service-client-options.ts";
import type { Dialer, Listener } from "../transport.ts";
import type { Peer } from "./peer.ts";
import { servePeer } from "./serve-peer.ts";
import type { Subject, TransportSubject } from "./subject.ts";

/** What one case works with. Whatever it opens here is closed after it. */
export interface Bench extends AsyncDisposable {
  readonly subject: Subject;
  readonly dialer: Dialer;
  /** The subject, for what needs `listen`. */
  readonly listening: TransportSubject;
  /** An address where nobody is. */
  nowhere(): Address;
  /** Each stream that is dialled at the address finds this peer. */
  serve(peer: Peer): Promise<Address>;
  listen(address: Address, accept?: (stream: Duplex) => void): Promise<Listener>;
  dial(address: Address, options?: CallOptions): Promise<Duplex>;
  /** A client of the peer, or of an address. */
  client(to: Peer | Address, options?: Partial<ServiceClientOptions>): Promise<ServiceClient>;
}

/** A bench for one case. */
export function createBench(subject: Subject): Bench {
  const closing: (() => unknown)[] = [];
  const dialer = "transport" in subject ? subject.transport : subject.dialer;
  const bench: Bench = {
    subject,
    dialer,
    get listening() {
      if ("transport" in subject) return subject;
      throw new Error(`${subject.name} cannot listen`);
    },
    nowhere: () => ("transport" in subject ? subject.freshAddress() : subject.nowhere()),
    async serve(peer) {
      if (!("transport" in subject)) return await subject.serve(peer);
      const address = subject.freshAddress();
      await bench.listen(address, (stream) => servePeer(peer, stream));
      return address;
    },
    async listen(address, accept = (stream) => void stream.resume()) {
      const listener = await bench.listening.transport.listen(address, accept);
      closing.push(() => listener.close());
      return listener;
    },
    async dial(address, options) {
      const stream = await dialer.connect(address, options);
      stream.on("error", () => {});
      closing.push(() => stream.destroy());
      return stream;
    },
    async client(to, options) {
      const address = "kind" in to ? await bench.serve(to) : to;
      const client = createServiceClient({ dialer, address, ...options });
      closing.push(() => client[Symbol.asyncDispose]());
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const close of closing.toReversed()) await close();
    },
  };
  return bench;
}
