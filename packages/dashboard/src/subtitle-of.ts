import type { Extension } from "@bowsprit/core";

/**
 * Who made an extension and where it came from, as far as that is known; of an entry that cannot be read nothing is. It tells two of one
 * title apart.
 */
export function subtitleOf({ id, digest, vendor, image }: Extension): string {
  if (digest === null) return "cannot be read";
  return [vendor, image ?? `${id}, from a folder`].filter((part) => part !== null && part !== "").join(" · ");
}
