import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createServiceClient, type ServiceClient } from "@bowsprit/transport";
import { createNamedPipeTransport, toPipePath } from "@bowsprit/transport-named-pipe";

/** The folder of the extension; the Windows script is told where it is. */
export const helloFolder: string = process.argv[2] ?? "";

/** hello's backend on a pipe of its own, and a client of it. Disposing ends both. */
export interface HelloBackend extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly client: ServiceClient;
}

export async function startHello(): Promise<HelloBackend> {
  const dialer = createNamedPipeTransport();
  const address = dialer.address("hello", randomUUID());
  if (address.scheme !== "npipe") throw new Error("not a pipe");
  const child = spawn(process.execPath, [join(helloFolder, "backend", "server.js")], {
    env: { ...process.env, BOWSPRIT_SOCKET: toPipePath(address.name) },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  const client = createServiceClient({ dialer, address });
  await Promise.race([once(child.stdout, "data"), exited.then(() => Promise.reject(new Error("hello did not start")))]);
  return {
    child,
    client,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      child.kill();
      await exited;
    },
  };
}
