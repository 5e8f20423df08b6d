import { type ExtensionId, isExtensionId } from "@bowsprit/core";

/** What the main part shows. */
export type Route = { readonly page: "overview" } | { readonly page: "extension"; readonly id: ExtensionId };

const prefix = "#/extensions/";

/** The start page. */
export const overview: Route = { page: "overview" };

/** Reads the fragment of an address. What is no route of ours is the overview, so that an old bookmark still opens something. */
export function readRoute(hash: string): Route {
  const id = hash.startsWith(prefix) ? hash.slice(prefix.length) : "";
  return isExtensionId(id) ? { page: "extension", id } : overview;
}

/** The fragment of a route; `readRoute` reads it back. */
export function hashOf(route: Route): string {
  return route.page === "extension" ? `${prefix}${route.id}` : "#/";
}
