import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";
import type { Site, Sites } from "./site.ts";

/**
 * The `Host` field: there is one, and it is a name of ours to the letter. A page that rebinds its own name to this computer's address
 * says that name here. Node passes on the first of several and says nothing (H01–H07).
 */
export function checkHost({ rawHeaders, headers }: IncomingMessage, sites: Sites): Site | Refusal {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === "host") count += 1;
  }
  const { host = "" } = headers;
  if (count !== 1 || host === "") return { status: 400 };
  return sites.find(host) ?? { status: 403 };
}
