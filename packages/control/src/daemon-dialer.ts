import type { Duplex } from "node:stream";
import type { CallOptions } from "@bowsprit/core";
import { createSystemTransport } from "@bowsprit/sdk";
import { type Address, type Dialer, parseAddress, proveAsClient } from "@bowsprit/transport";
import type { DaemonRecord } from "./daemon-record.ts";
import { controlSocket } from "./find-daemon.ts";
import type { Purpose } from "./purpose.ts";

/** Dials one daemon and greets it: every stream that comes out is admitted. */
export interface DaemonDialer {
  readonly address: Address;
  /** @throws BowspritError what the transport throws, `ENDPOINT_FORBIDDEN` for an impostor, `CONNECTION_LOST`. */
  open(purpose: Purpose, options?: CallOptions): Promise<Duplex>;
  /** A dialer for HTTP, whose first stream is the given one. */
  forHttp(first: Duplex): Dialer;
}

/**
 * A dialer of the daemon that left a record in a home. A socket is looked for in the home itself, wherever the record says it is: a home
 * that was copied or moved has the record of another one's daemon.
 * @throws BowspritError `ENDPOINT_INVALID` for a record with an address of no kind that we know.
 */
export function createDaemonDialer(home: string, { address: text, secret }: DaemonRecord): DaemonDialer {
  const transport = createSystemTransport();
  const named = parseAddress(text);
  const address: Address = named.scheme === "unix" ? { scheme: "unix", path: controlSocket(home) } : named;
  const open = async (purpose: Purpose, options: CallOptions = {}): Promise<Duplex> => {
    const stream = await transport.connect(address, options);
    await proveAsClient(stream, { secret, purpose, ...options });
    return stream;
  };
  return {
    address,
    open,
    forHttp(first) {
      let unused: Duplex | undefined = first;
      const { name, scheme, traits } = transport;
      return {
        name,
        scheme,
        traits,
        async connect(_address, options) {
          const ready = unused;
          unused = undefined;
          return ready?.destroyed === false ? ready : open("http", options);
        },
      };
    },
  };
}
