import { isAbsolute } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Address } from "@bowsprit/transport";

/** An address that names a socket file. */
export type SocketAddress = Extract<Address, { scheme: "unix" }>;

/**
 * The address, if it can name a socket file at all: an absolute path that ends in a name.
 * @throws BowspritError `ENDPOINT_INVALID` for any other.
 */
export function checkSocketPath(attempt: string, address: Address, maxBytes: number | null): SocketAddress {
  if (address.scheme !== "unix") throw invalid(attempt, "not the address of a socket file");
  const { path } = address;
  if (!isAbsolute(path) || /\0|(?:^|\/)\.{0,2}$/u.test(path)) throw invalid(attempt, "not an absolute path to a file");
  if (maxBytes !== null && Buffer.byteLength(path) > maxBytes) {
    throw invalid(
      attempt,
      `the path is longer than ${maxBytes} bytes`,
      "Use a shorter folder: this system limits the paths of sockets.",
    );
  }
  return address;
}

function invalid(attempt: string, why: string, hint?: string): BowspritError {
  return new BowspritError(ErrorCode.EndpointInvalid, `${attempt}: ${why}`, hint === undefined ? {} : { hint });
}
