import { servicePrefix } from "@bowsprit/client";
import { everyAnswer } from "./security-headers.ts";

/** Fields of a page's request that are between the browser and us, or that claim who is asking. */
const notForBackends: ReadonlySet<string> = new Set([
  "bowsprit-request",
  "cookie",
  "dnt",
  "forwarded",
  "host",
  "origin",
  "priority",
  "referer",
  "upgrade-insecure-requests",
  "x-http-method-override",
  "x-real-ip",
]);

/** Fields of a backend's answer that would speak for our origin to the browser. */
const notForPages: ReadonlySet<string> = new Set([
  "alt-svc",
  "bowsprit-error",
  "clear-site-data",
  "connection",
  "content-security-policy",
  "content-security-policy-report-only",
  "cross-origin-resource-policy",
  "keep-alive",
  "nel",
  "proxy-authenticate",
  "public-key-pins",
  "referrer-policy",
  "refresh",
  "report-to",
  "reporting-endpoints",
  "service-worker-allowed",
  "set-cookie",
  "set-cookie2",
  "strict-transport-security",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
  "x-content-type-options",
]);

/** What a backend gets of a request's fields: what the page itself said (H38, security 1.3). */
export function fieldsForBackend(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const lower = name.toLowerCase();
    if (notForBackends.has(lower) || lower.startsWith("sec-") || lower.startsWith("x-forwarded-")) continue;
    kept.push(name, raw[index + 1] ?? "");
  }
  return kept;
}

/** What a page gets of an answer's fields. A redirect stays below the prefix, and one that leads elsewhere loses its place (H50). */
export function fieldsForPage(raw: readonly string[], asked: string): string[] {
  const kept: string[] = [...everyAnswer];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    const lower = name.toLowerCase();
    if (lower === "location") {
      const place = placeOf(value, asked);
      if (place !== undefined) kept.push(name, place);
    } else if (!notForPages.has(lower) && !lower.startsWith("access-control-")) kept.push(name, value);
  }
  return kept;
}

/** Where a redirect leads below the prefix: backends name a path, one relative to what was asked, or the host that they were called by. */
function placeOf(location: string, asked: string): string | undefined {
  const base = `http://${backendHost}${asked}`;
  const target = URL.canParse(location, base) ? new URL(location, base) : undefined;
  if (target?.protocol !== "http:" || target.host !== backendHost) return undefined;
  return `${servicePrefix}${target.pathname}${target.search}${target.hash}`;
}

/** What backends find in `Host`. */
const backendHost = "localhost";
