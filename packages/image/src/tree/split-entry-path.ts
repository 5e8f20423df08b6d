import type { Flaw } from "./flaw.ts";

/** Where an entry of an archive belongs in an image. All names are binary strings. */
export interface EntryPlace {
  /** The folder, relative, with `/`; "" is the image itself. */
  readonly folder: string;
  /** "" for the image itself. */
  readonly name: string;
  readonly flaw: Flaw | undefined;
  /** For a name that leads out of the image: the folder from which it climbs. */
  readonly climbsFrom: string | undefined;
}

/** Deeper than whatever can be written; more would only cost memory. */
const maxDepth = 256;

/** What Linux holds. */
const maxNameBytes = 255;

/**
 * Reads the name of an entry as a path from the root of the image: a `/` or `./` before it is that root, and `..` climbs no further,
 * as in a changed root. What is not a plain name gets a flaw.
 */
export function splitEntryPath(path: string): EntryPlace {
  const plain = path.endsWith("/") ? path.slice(0, -1) : path;
  if (plain.length > maxNameBytes || /(?:^|\/)\.{0,2}(?:\/|$)/u.test(plain)) return splitOddPath(path);
  const end = plain.lastIndexOf("/");
  return {
    folder: plain.slice(0, Math.max(end, 0)),
    name: plain.slice(end + 1),
    flaw: undefined,
    climbsFrom: undefined,
  };
}

function splitOddPath(path: string): EntryPlace {
  const segments: string[] = [];
  let flaw: Flaw | undefined = path.startsWith("//") ? "doubleSlash" : undefined;
  let leavesImage = false;
  let climbsFrom: string | undefined;
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else {
      climbsFrom ??= segments.some(isTooLong) ? "" : segments.join("/");
      if (segments.pop() === undefined) leavesImage = true;
      flaw = "dots";
    }
  }
  const tooLong = segments.findIndex(isTooLong);
  if (tooLong !== -1) {
    flaw = "tooLong";
    segments.splice(tooLong, Infinity, segments[tooLong]?.slice(0, maxNameBytes) ?? "");
  }
  const name = segments.pop() ?? "";
  const folder = segments.join("/");
  return leavesImage
    ? { folder, name, flaw: "leavesImage", climbsFrom }
    : { folder, name, flaw, climbsFrom: undefined };
}

function isTooLong(segment: string, depth: number): boolean {
  return segment.length > maxNameBytes || depth === maxDepth;
}
