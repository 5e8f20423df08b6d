import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type Address, formatAddress } from "@bowsprit/transport";
import { toPipePath } from "@bowsprit/transport-named-pipe";

/** What `sockaddr_un` has room for, without its closing zero: 108 bytes on Linux, 104 elsewhere. */
const maxPathBytes = { linux: 107, others: 103 };

/** An address as a program passes it to `listen`. Disposing lets go of what keeps a short name valid. */
export interface NamedSocket extends AsyncDisposable {
  readonly name: string;
}

/**
 * Names the socket that a service is to make. On Linux a path that is too long for the system's call is reached by way of our own open
 * folder in `/proc`, so that homes may lie as deep as they like.
 * @throws BowspritError `ENDPOINT_INVALID` for a path that is too long elsewhere.
 */
export async function nameSocket(address: Address): Promise<NamedSocket> {
  if (address.scheme === "npipe") return plain(toPipePath(address.name));
  if (address.scheme !== "unix") return plain(address.name);
  const { path } = address;
  const isLinux = process.platform === "linux";
  const room = isLinux ? maxPathBytes.linux : maxPathBytes.others;
  if (Buffer.byteLength(path) <= room) return plain(path);
  if (!isLinux) {
    throw new BowspritError(ErrorCode.EndpointInvalid, `name ${formatAddress(address)}: longer than ${room} bytes`, {
      hint: "Choose a home with a shorter path.",
    });
  }
  const folder = await open(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  return {
    name: `/proc/${process.pid}/fd/${folder.fd}/${basename(path)}`,
    [Symbol.asyncDispose]: () => folder.close(),
  };
}

function plain(name: string): NamedSocket {
  return { name, [Symbol.asyncDispose]: async () => undefined };
}
