import type { TransportSubject } from "@bowsprit/transport/conformance";
import { createMemoryTransport } from "@bowsprit/transport/memory";

/** The transport inside this process: what the others are measured against. */
export function memorySubject(): TransportSubject {
  const transport = createMemoryTransport();
  let count = 0;
  return { name: "in memory", transport, freshAddress: () => transport.address("conformance", String((count += 1))) };
}
