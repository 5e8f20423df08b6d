import { createHash } from "node:crypto";

/**
 * The name of an installation's origin: 32 hexadecimal digits of a digest of its id and of when it was installed. An id may be longer
 * than a part of a name may be; and what one extension left in a browser under its origin must not meet another one of the same id.
 */
export function labelOf(id: string, installedAt: string): string {
  return createHash("sha256").update(`bowsprit page ${id} ${installedAt}`).digest("hex").slice(0, 32);
}
