import { randomUUID } from "node:crypto";
import type { TransportSubject } from "@bowsprit/transport/conformance";
import { createNamedPipeTransport } from "@bowsprit/transport-named-pipe";

/** Windows named pipes. Under Wine a stream takes some twenty times as long to open as on Linux, so there are fewer cycles. */
export function namedPipeSubject(): TransportSubject {
  const transport = createNamedPipeTransport();
  const longest = transport.traits.maxAddressBytes ?? 0;
  return {
    name: `named pipe (${process.platform})`,
    transport,
    freshAddress: () => transport.address("conformance", randomUUID()),
    longestAddress: () => ({ scheme: "npipe", name: randomUUID().padEnd(longest - "\\\\.\\pipe\\".length, "x") }),
    cycles: 500,
  };
}
