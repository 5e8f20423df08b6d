import { once } from "node:events";
import { link, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TransportSubject } from "@bowsprit/transport/conformance";
import { createUnixSocketTransport } from "@bowsprit/transport-unix-socket";

/** Unix sockets in a folder of their own, which goes when this is disposed. */
export interface UnixSocketSubject extends TransportSubject, AsyncDisposable {}

export async function openUnixSocketSubject(): Promise<UnixSocketSubject> {
  const folder = await mkdtemp(join(tmpdir(), "bowsprit-conformance-"));
  let count = 0;
  return {
    name: `Unix socket (${process.platform})`,
    transport: createUnixSocketTransport(),
    freshAddress: () => ({ scheme: "unix", path: join(folder, `${(count += 1)}.sock`) }),
    leaveStale: async (address) => leaveStale(address.scheme === "unix" ? address.path : ""),
    ownedByAnother: (address) => (address.scheme === "unix" ? { ...address, owner: 54_321 } : address),
    leftovers: () => readdir(folder),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** What the kernel leaves when a listener is killed: its file, under a name that nobody removes. */
async function leaveStale(path: string): Promise<void> {
  const server = createServer().listen(`${path}.born`);
  await once(server, "listening");
  await link(`${path}.born`, path);
  server.close();
  await once(server, "close");
}
