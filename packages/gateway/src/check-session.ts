import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";
import type { Sessions } from "./sessions.ts";
import type { Site } from "./site.ts";

export interface SessionQuestion {
  readonly site: Exclude<Site, { readonly kind: "alias" }>;
  readonly sessions: Sessions;
  readonly secret: string | undefined;
}

/**
 * The session of a request: it is there, known, and of the site that is asked. One of another site, a page's on another page's origin
 * or on the dashboard's, is refused as such (H11, H16–H18, H22).
 */
export function checkSession({ site, sessions, secret }: SessionQuestion): Refusal | undefined {
  const owner = secret === undefined ? undefined : sessions.find(secret);
  if (owner === undefined) return { status: 401 };
  const isOwn = owner === "dashboard" ? site.kind === "dashboard" : site.kind === "page" && owner.label === site.label;
  return isOwn ? undefined : { status: 403 };
}

/** The name of the session's cookie. The port is in it: cookies do not tell ports apart, and each home has a gateway of its own. */
export function cookieName(port: number): string {
  return `__Host-bowsprit-${port}`;
}

/** A session's cookie, for `Set-Cookie`. */
export function cookieFor(port: number, secret: string): string {
  return `${cookieName(port)}=${secret}; Path=/; Secure; HttpOnly; SameSite=Strict`;
}

/** The secret that a request brings; undefined where there is none, or more than one. */
export function readSecret({ headers }: IncomingMessage, name: string): string | undefined {
  const { cookie } = headers;
  if (cookie === undefined) return undefined;
  let secret: string | undefined;
  for (const pair of cookie.split(";")) {
    const text = pair.trim();
    if (!text.startsWith(name) || text.charAt(name.length) !== "=") continue;
    if (secret !== undefined) return undefined;
    secret = text.slice(name.length + 1);
  }
  return secret;
}
