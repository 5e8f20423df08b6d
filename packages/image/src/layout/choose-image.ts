import { BowspritError, cleanText, ErrorCode, formatImageRef, parseImageRef } from "@bowsprit/core";

/** An image among those that lie in one place. */
export interface NamedImage {
  /** What it is called there, the fullest name first; none where it has no name. */
  readonly names: readonly string[];
  /** The same for the same image. */
  readonly digest: string;
}

/**
 * Chooses the image that was asked for, else the only one. Several that have one name or none are one image for several platforms.
 * `attempt` begins messages.
 * @throws BowspritError `SOURCE_NOT_FOUND` for a name that none has, or where there is nothing at all; `INVALID_ARGUMENT` where one of
 * several must be asked for. Both name those that are there.
 */
export function chooseImage<T extends NamedImage>(
  images: readonly T[],
  name: string | undefined,
  attempt: string,
): readonly T[] {
  if (images.length === 0) throw new BowspritError(ErrorCode.SourceNotFound, `${attempt}: it holds no image`);
  if (name !== undefined) {
    const wanted = canonical(name);
    const named = images.filter(({ names }) => names.some((own) => own === name || canonical(own) === wanted));
    if (named.length > 0) return named;
    throw new BowspritError(ErrorCode.SourceNotFound, `${attempt}: it holds no ${cleanText(name, 100)}`, {
      hint: `Ask for what it holds: ${list(images)}.`,
    });
  }
  if (new Set(images.map(({ digest }) => digest)).size === 1) return images;
  if (new Set(images.map(({ names }) => names[0])).size === 1) return images;
  throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: it holds several images: ${list(images)}`, {
    details: { names: namesOf(images).slice(0, 50) },
    hint: "Name the one to take, or save it alone.",
  });
}

/** The full form of a reference, so that `docker.io/library/a:latest` is `a`; what is no reference stands for itself. */
function canonical(name: string): string {
  try {
    return formatImageRef({ tag: "latest", ...parseImageRef(name) });
  } catch {
    return name;
  }
}

function namesOf(images: readonly NamedImage[]): readonly string[] {
  return [...new Set(images.map(({ names, digest }) => names[0] ?? digest))].map((name) => cleanText(name, 200));
}

function list(images: readonly NamedImage[]): string {
  const names = namesOf(images);
  return names.length > 20 ? `${names.slice(0, 20).join(", ")} and ${names.length - 20} more` : names.join(", ");
}
