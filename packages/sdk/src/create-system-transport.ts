import { platformOf } from "@bowsprit/core";
import type { Transport } from "@bowsprit/transport";
import { createNamedPipeTransport } from "@bowsprit/transport-named-pipe";
import { createUnixSocketTransport } from "@bowsprit/transport-unix-socket";

/** The transport of this computer, for listeners of a host's own: Unix sockets, or named pipes on Windows. */
export function createSystemTransport(): Transport {
  const { os } = platformOf(process.platform, process.arch);
  return os === "windows" ? createNamedPipeTransport() : createUnixSocketTransport();
}
