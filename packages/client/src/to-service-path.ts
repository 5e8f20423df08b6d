import { BowspritError, ErrorCode } from "@bowsprit/core";
import { servicePrefix } from "./wire.ts";

const backend = "http://backend/";

/**
 * The path on the page's origin of what a page asks of its backend. A leading slash may be missing; scheme, host and fragment of a whole
 * address do not count. Dot segments are resolved before the prefix, so nothing leads out of it.
 * @throws BowspritError `INVALID_ARGUMENT` for a text that is no address, TypeError for anything but a text.
 */
export function toServicePath(url: string): string {
  if (typeof url !== "string") throw new TypeError("the url of a request is a text");
  const { pathname, search } = read(url);
  return `${servicePrefix}${pathname}${search}`;
}

function read(url: string): URL {
  try {
    const given = new URL(url, backend);
    // Only these schemes promise a path that begins with a slash: `localhost:80/x` and `data:x/../..` read as schemes, too.
    return /^https?:$/u.test(given.protocol) ? given : new URL(`/${url}`, backend);
  } catch (cause) {
    throw new BowspritError(ErrorCode.InvalidArgument, `request ${JSON.stringify(url)}: not a path or an address`, {
      cause,
    });
  }
}
