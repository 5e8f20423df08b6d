import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";
import type { RequestHandler } from "./handle-request.ts";
import type { UpgradeHandler } from "./handle-upgrade.ts";

/** Servers on the loopback addresses of one port. Closing ends every connection. */
export interface LoopbackListener extends AsyncDisposable {
  readonly port: number;
  /** Begins to answer; until then connections wait. */
  serve(request: RequestHandler, upgrade: UpgradeHandler["handle"]): void;
}

/** Below the ports that systems hand out by themselves, so that none of those takes ours while we are away. */
const choice = { from: 20_000, count: 12_000 };
const attempts = 20;

/**
 * Listens on 127.0.0.1 and, where the computer has it, ::1: both, for a browser may take either, and never anything else (H51). `port` 0
 * is any free one.
 * @throws BowspritError `ENDPOINT_IN_USE`, `ENDPOINT_FORBIDDEN`.
 */
export async function listenLoopback(port: number): Promise<LoopbackListener> {
  if (port !== 0) return bindBoth(port);
  for (let attempt = 1; ; attempt += 1) {
    const candidate = choice.from + Math.floor(Math.random() * choice.count);
    try {
      return await bindBoth(candidate);
    } catch (error) {
      if (!BowspritError.is(error, ErrorCode.EndpointInUse) || attempt === attempts) throw error;
    }
  }
}

async function bindBoth(port: number): Promise<LoopbackListener> {
  const servers = [await bind(port, "127.0.0.1")];
  try {
    servers.push(await bind(port, "::1"));
  } catch (error) {
    if (!isWithoutAddress(error)) {
      await Promise.all(servers.map((server) => close(server)));
      throw error;
    }
  }
  return {
    port,
    serve(request, upgrade) {
      for (const server of servers) server.on("request", request).on("upgrade", upgrade);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => close(server)));
    },
  };
}

/** A computer may have no IPv6. */
function isWithoutAddress(error: unknown): boolean {
  const errno = BowspritError.is(error) ? error.details["errno"] : undefined;
  return errno === "EADDRNOTAVAIL" || errno === "EAFNOSUPPORT";
}

async function bind(port: number, address: string): Promise<Server> {
  const attempt = `listen on ${address} port ${port}`;
  const server = createServer({
    headersTimeout: 10_000,
    // Uploads take their time; what stands still in the middle of a head does not get it.
    requestTimeout: 0,
    connectionsCheckingInterval: 2000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
  });
  server.maxConnections = 2048;
  server.maxHeadersCount = 101;
  try {
    const listening = once(server, "listening");
    server.listen({ port, host: address, exclusive: true });
    await listening;
    return server;
  } catch (error) {
    const hint = "Stop the other program, or choose another port with --port; --port 0 takes any free one.";
    throw fromNodeError(error, { attempt, hint });
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
