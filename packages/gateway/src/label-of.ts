import { createHash } from "node:crypto";

/**
 * The name of an extension's origin: 128 bits of its id's digest, in 32 hexadecimal digits. An id may be longer than a part of a name may be, and
 * may end in what no name ends in.
 */
export function labelOf(id: string): string {
  return createHash("sha256").update(`bowsprit page ${id}`).digest("hex").slice(0, 32);
}
