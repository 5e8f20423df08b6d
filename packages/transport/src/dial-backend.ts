import type { Duplex } from "node:stream";
import { fromNodeError } from "@bowsprit/core";
import { formatAddress } from "./address.ts";
import type { ServiceClientOptions } from "./service-client-options.ts";

/** Where a client dials, and how long it waits there. */
export type DialOptions = Pick<ServiceClientOptions, "dialer" | "address" | "connectTimeoutMs">;

/** Opens one stream to a client's backend. @throws BowspritError what the dialer throws. */
export async function dialBackend(options: DialOptions, signal: AbortSignal): Promise<Duplex> {
  const { dialer, address, connectTimeoutMs = 5000 } = options;
  try {
    return await dialer.connect(address, { signal, timeoutMs: connectTimeoutMs });
  } catch (error) {
    throw fromNodeError(error, { attempt: `dial ${formatAddress(address)}` });
  }
}
