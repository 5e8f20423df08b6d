import type { Duplex } from "node:stream";
import { BowspritError, type CallOptions, ErrorCode, withinLimits } from "@bowsprit/core";
import { type Address, formatAddress } from "../address.ts";
import { createStreamSet } from "../create-stream-set.ts";
import type { Listener, Traits, Transport } from "../transport.ts";
import { MemoryStream } from "./memory-stream.ts";

type Accept = (stream: Duplex) => void;

const scheme = "x-memory";

const traits: Traits = Object.freeze({
  halfClose: true,
  leavesFile: false,
  maxAddressBytes: null,
  checksOwner: false,
});

/**
 * A transport inside this process: what listens and what dials share one object of it, and nothing else can be reached. For tests, and
 * the plainest answer to what a transport must do.
 */
export function createMemoryTransport(): Transport {
  const listeners = new Map<string, Accept>();
  const connect = async (address: Address, { signal, timeoutMs = 5000 }: CallOptions = {}): Promise<Duplex> => {
    const attempt = `dial ${formatAddress(address)}`;
    const name = nameOf(attempt, address);
    await withinLimits(attempt, Promise.resolve(), { ...(signal && { signal }), timeoutMs });
    const accept = listeners.get(name);
    if (accept === undefined)
      throw new BowspritError(ErrorCode.EndpointUnreachable, `${attempt}: nothing listens there`);
    const [near, far] = MemoryStream.pair();
    // Errors that nobody listens for end the stream and nothing else, as with sockets.
    near.on("error", () => {});
    accept(far);
    return near;
  };
  return Object.freeze<Transport>({
    name: "memory",
    scheme,
    traits,
    address: (scope, service) => ({ scheme, name: `${scope}/${service}` }),
    connect,
    async listen(address, accept, { signal } = {}) {
      const attempt = `listen on ${formatAddress(address)}`;
      const name = nameOf(attempt, address);
      await withinLimits(attempt, Promise.resolve(), signal ? { signal } : {});
      if (listeners.has(name)) {
        throw new BowspritError(ErrorCode.EndpointInUse, `${attempt}: somebody listens there already`);
      }
      return open({ listeners, address, name, accept });
    },
  });
}

interface Opening {
  readonly listeners: Map<string, Accept>;
  readonly address: Address;
  readonly name: string;
  readonly accept: Accept;
}

function open({ listeners, address, name, accept }: Opening): Listener {
  const streams = createStreamSet();
  listeners.set(name, (stream) => {
    streams.add(stream);
    accept(stream);
  });
  let closed: Promise<void> | undefined;
  const close: Listener["close"] = (options) => {
    if (closed === undefined) {
      listeners.delete(name);
      closed = streams.close(options);
    }
    return closed;
  };
  return { address, close, [Symbol.asyncDispose]: () => close() };
}

function nameOf(attempt: string, address: Address): string {
  if (address.scheme === scheme) return address.name;
  throw new BowspritError(ErrorCode.EndpointInvalid, `${attempt}: not an address in memory`);
}
