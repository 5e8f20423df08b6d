import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";
import type { Site } from "./site.ts";

export interface OriginQuestion {
  readonly site: Exclude<Site, { readonly kind: "alias" }>;
  readonly isUpgrade: boolean;
  /** Whether the request brings anything that could be a session. */
  readonly hasCredentials: boolean;
}

/**
 * Who sent the request, as the browser says. What changes anything, every upgrade and every stream of events needs the exact origin of
 * the site it is sent to; any other origin is refused whatever the method. There are no categories of good origins (H08–H11, H21).
 * Where a browser says how a request came about, one that comes from another site or from another origin of ours may only be the opening
 * of a page (H19).
 */
export function checkOrigin(request: IncomingMessage, question: OriginQuestion): Refusal | undefined {
  const { origin } = request.headers;
  const { site, isUpgrade, hasCredentials } = question;
  if (origin !== undefined && origin !== site.origin) return { status: 403 };
  const isSafe = (request.method === "GET" || request.method === "HEAD") && !isUpgrade;
  if (origin === undefined && !isSafe) return { status: isUpgrade || hasCredentials ? 403 : 401 };
  return isForeign(request, site.kind) ? { status: 403 } : undefined;
}

function isForeign({ headers, method }: IncomingMessage, kind: "dashboard" | "page"): boolean {
  const from = headers["sec-fetch-site"];
  if (from === undefined || from === "same-origin" || from === "none") return false;
  if (headers["sec-fetch-mode"] !== "navigate" || method !== "GET") return true;
  const into = headers["sec-fetch-dest"];
  if (into === "document") return false;
  // Frames: only the dashboard's, and only of a page.
  return !(into === "iframe" && kind === "page" && from === "same-site");
}
