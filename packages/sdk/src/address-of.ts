import type { InstalledExtension } from "@bowsprit/store";
import type { Address, Transport } from "@bowsprit/transport";

/** Where an extension's backend listens; undefined when it exposes no socket. */
export function addressOf({ id, record }: InstalledExtension, transport: Transport): Address | undefined {
  const { socket } = record.metadata;
  return socket === undefined ? undefined : transport.address(id, socket);
}
