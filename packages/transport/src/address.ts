import { BowspritError, ErrorCode } from "@bowsprit/core";

/**
 * Where a stream can be had: `unix` names a socket file by its absolute path, `npipe` a Windows pipe by its bare name, without
 * `\\.\pipe\`. `owner` is who must own a socket file: a user id, or `"any"` for one that a container made; the default is us. A scheme
 * that begins with `x-` is that of a transport that is not ours; what the name means is its own affair.
 */
export type Address =
  | { readonly scheme: "unix"; readonly path: string; readonly owner?: number | "any" }
  | { readonly scheme: "npipe"; readonly name: string }
  | { readonly scheme: `x-${string}`; readonly name: string };

/** The scheme alone: it chooses the dialer. */
export type Scheme = Address["scheme"];

/**
 * Reads `unix:///absolute/path`, `npipe://name` (also Docker's `npipe:////./pipe/name`) or `x-scheme://name`.
 * @throws BowspritError `ENDPOINT_INVALID` for any other text.
 */
export function parseAddress(text: string): Address {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9-]*):\/\/(.*)$/su.exec(text) ?? [];
  if (scheme === "unix" && rest.startsWith("/")) return { scheme, path: rest };
  if (scheme === "npipe") {
    const name = rest.replace(/^\/\/\.\/pipe\//u, "");
    if (name !== "") return { scheme, name };
  }
  if (isForeign(scheme) && rest !== "") return { scheme, name: rest };
  throw new BowspritError(
    ErrorCode.EndpointInvalid,
    `read address ${JSON.stringify(text)}: none of unix:///path, npipe://name, x-scheme://name`,
  );
}

/** The text that {@link parseAddress} reads back. */
export function formatAddress(address: Address): string {
  return address.scheme === "unix" ? `unix://${address.path}` : `${address.scheme}://${address.name}`;
}

function isForeign(scheme: string): scheme is `x-${string}` {
  return /^x-./u.test(scheme);
}
