import { createServer, type RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import { type Address, createServiceClient, type ServiceClient, type ServiceClientOptions } from "@bowsprit/transport";
import { createUnixSocketTransport } from "../src/index.ts";
import type { Scratch } from "./scratch.ts";

type ClientOptions = Omit<ServiceClientOptions, "dialer" | "address">;

const transport = createUnixSocketTransport();

/** A client of a backend that is an HTTP server of Node. */
export async function startBackend(
  scratch: Scratch,
  handle: RequestListener,
  options: ClientOptions = {},
): Promise<ServiceClient> {
  const server = createServer(handle);
  return await startRawBackend(scratch, (stream) => server.emit("connection", stream), options);
}

/** A client of a backend that does with a stream what it likes. */
export async function startRawBackend(
  scratch: Scratch,
  accept: (stream: Duplex) => void,
  options: ClientOptions = {},
): Promise<ServiceClient> {
  const address: Address = { scheme: "unix", path: `${scratch.folder}/backend.sock` };
  const listener = await transport.listen(address, accept);
  scratch.onEnd(() => listener.close());
  const client = createServiceClient({ dialer: transport, address, ...options });
  scratch.onEnd(() => client[Symbol.asyncDispose]());
  return client;
}
