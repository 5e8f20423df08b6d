import { type Address, createServiceClient, type Dialer, formatAddress, parseAddress } from "@bowsprit/transport";

/** An engine that answered. */
export interface DetectedEngine {
  /** `unix:///…` or `npipe://…`. */
  readonly address: string;
}

export interface DetectEngineOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dialer: Dialer;
  /** The default, 800, keeps the promise that a missing engine is found out within a second. */
  readonly timeoutMs?: number;
}

/**
 * Asks for a container engine where Docker's own tools would: at `DOCKER_HOST`, else at the usual socket or pipe. A client program
 * without an engine, a stale socket and one that never answers all count as no engine. TCP addresses are not asked: no backend of ours
 * is reached over TCP.
 */
export async function detectEngine(options: DetectEngineOptions): Promise<DetectedEngine | undefined> {
  const { environment, dialer, timeoutMs = 800 } = options;
  const address = engineAddress(environment["DOCKER_HOST"], dialer);
  if (address === undefined) return undefined;
  await using client = createServiceClient({ dialer, address });
  try {
    const response = await client.request({ method: "GET", path: "/_ping" }, { timeoutMs });
    await response.bytes();
    return response.status === 200 ? { address: formatAddress(address) } : undefined;
  } catch {
    return undefined;
  }
}

function engineAddress(dockerHost: string | undefined, { scheme }: Dialer): Address | undefined {
  if (dockerHost === undefined || dockerHost === "") {
    return scheme === "unix"
      ? { scheme, path: "/var/run/docker.sock", owner: "any" }
      : { scheme, name: "docker_engine" };
  }
  try {
    const address = parseAddress(dockerHost);
    if (address.scheme !== scheme) return undefined;
    return address.scheme === "unix" ? { ...address, owner: "any" } : address;
  } catch {
    return undefined;
  }
}
