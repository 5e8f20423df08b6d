import { BowspritError, ErrorCode } from "@bowsprit/core";

/**
 * Where a stream can be had: `unix` names a socket file by its absolute path, `npipe` a Windows pipe by its bare name, without
 * `\\.\pipe\`. `owner` is who must own a socket file: a user id, or `"any"` for one that a container made; the default is us.
 */
export type Address =
  | { readonly scheme: "unix"; readonly path: string; readonly owner?: number | "any" }
  | { readonly scheme: "npipe"; readonly name: string };

/** The scheme alone: it chooses the dialer. */
export type Scheme = Address["scheme"];

/**
 * Reads `unix:///absolute/path` or `npipe://name` (also Docker's `npipe:////./pipe/name`).
 * @throws BowspritError `ENDPOINT_INVALID` for any other text.
 */
export function parseAddress(text: string): Address {
  const [, scheme, rest = ""] = /^([a-z]+):\/\/(.*)$/su.exec(text) ?? [];
  if (scheme === "unix" && rest.startsWith("/")) return { scheme, path: rest };
  if (scheme === "npipe") {
    const name = rest.replace(/^\/\/\.\/pipe\//u, "");
    if (name !== "") return { scheme, name };
  }
  throw new BowspritError(
    ErrorCode.EndpointInvalid,
    `read address ${JSON.stringify(text)}: neither unix:///path nor npipe://name`,
  );
}

/** The text that {@link parseAddress} reads back. */
export function formatAddress(address: Address): string {
  return address.scheme === "unix" ? `unix://${address.path}` : `npipe://${address.name}`;
}
