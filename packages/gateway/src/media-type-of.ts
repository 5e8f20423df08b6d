import { lookup } from "mrmime";

/** The media type of a file by its name; text is UTF-8, as it is on a page that says nothing else. */
export function mediaTypeOf(name: string): string {
  const type = lookup(name) ?? "application/octet-stream";
  return /^(?:text\/|application\/(?:json|javascript|xml|manifest\+json)|image\/svg)/u.test(type)
    ? `${type}; charset=utf-8`
    : type;
}
