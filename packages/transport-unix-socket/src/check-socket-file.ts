import type { Stats } from "node:fs";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { SocketAddress } from "./check-socket-path.ts";

/**
 * Judges what an address really names, before a byte goes there: a socket, not a link to one, of the owner the address asks for.
 * @throws BowspritError `ENDPOINT_FORBIDDEN`, `ENDPOINT_INVALID`.
 */
export function checkSocketFile(
  attempt: string,
  file: Stats,
  { owner = process.getuid?.() ?? "any" }: SocketAddress,
): void {
  if (file.isSymbolicLink()) {
    throw new BowspritError(ErrorCode.EndpointForbidden, `${attempt}: a link where only a socket may be`, {
      hint: "Name the socket itself: a link can be pointed at any other socket between two looks at it.",
    });
  }
  if (!file.isSocket()) throw new BowspritError(ErrorCode.EndpointInvalid, `${attempt}: not a socket`);
  if (owner !== "any" && file.uid !== owner) {
    throw new BowspritError(
      ErrorCode.EndpointForbidden,
      `${attempt}: it belongs to user ${file.uid}, not to user ${owner}`,
      {
        details: { uid: file.uid, owner },
      },
    );
  }
}
