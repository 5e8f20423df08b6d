import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { ServiceHeaders } from "./service-message.ts";

/** Fields that speak about a connection or the framing on it (RFC 9110 §7.6.1); the client writes its own. */
const ours: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/u;

/**
 * The fields that may be sent, checked, as name, value, name, value.
 * @throws BowspritError `INVALID_ARGUMENT` for a name that is no token, or a value with a control character or one beyond Latin-1.
 */
export function flattenHeaders(headers: ServiceHeaders): readonly string[] {
  const flat: string[] = [];
  for (const [name, value] of isList(headers) ? headers : Object.entries(headers)) {
    if (typeof name !== "string" || typeof value !== "string")
      throw new TypeError("a header is two strings, its name and its value");
    if (!token.test(name)) throw invalid(name, "its name is not an HTTP token");
    if (!fieldValue.test(value)) throw invalid(name, "its value has a control character or one beyond Latin-1");
    flat.push(name, value);
  }
  return dropConnectionFields(flat);
}

/** A flat list without the fields that speak about a connection: ours, and those that `Connection` names. */
export function dropConnectionFields(flat: readonly string[]): string[] {
  const kept: string[] = [];
  let named: ReadonlySet<string> | undefined;
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] ?? "";
    const value = flat[index + 1] ?? "";
    const lower = name.toLowerCase();
    if (lower === "connection" && !/^(?:close|keep-alive)$/iu.test(value)) named = namedBy([value], named);
    if (!ours.has(lower) && !lower.startsWith("proxy-")) kept.push(name, value);
  }
  if (named === undefined) return kept;
  return kept.filter((_, index) => named?.has((kept[index - (index % 2)] ?? "").toLowerCase()) !== true);
}

/** Both lists, without those of `defaults` that `own` says anew. */
export function overrideHeaders(defaults: readonly string[], own: readonly string[]): readonly string[] {
  if (defaults.length === 0) return own;
  const replaced = new Set(own.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
  const kept = defaults.filter((_, index) => !replaced.has(defaults[index - (index % 2)]?.toLowerCase() ?? ""));
  return [...kept, ...own];
}

function isList(headers: ServiceHeaders): headers is readonly (readonly [string, string])[] {
  return Array.isArray(headers);
}

function namedBy(values: readonly string[], others: Iterable<string> = []): ReadonlySet<string> {
  return new Set([...others, ...values.flatMap((value) => value.toLowerCase().split(",")).map((name) => name.trim())]);
}

function invalid(name: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.InvalidArgument, `send header ${JSON.stringify(name)}: ${why}`);
}
