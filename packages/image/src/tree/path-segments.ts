/** What Linux follows in one path. */
export const maxLinks = 40;

/** What Linux opens. */
export const maxLinkBytes = 4096;

/** The names of a path, the last one first, so that the next one is taken from the end. Names that mean the same folder are left out. */
export function pathSegments(path: string): string[] {
  return path
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".")
    .toReversed();
}
