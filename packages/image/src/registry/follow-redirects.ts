import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Wire, WireRequest, WireResponse } from "./create-wire.ts";

export interface RedirectedRequest extends Omit<WireRequest, "form"> {
  /** Sent to the origin of `url` and never to another one. */
  readonly authorization: string | undefined;
  readonly isPlainTargetAllowed: (host: string) => boolean;
}

const maxRedirects = 5;
const statuses: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Sends a GET and follows where it is sent. Credentials stay at the first origin, and do not return once it was left; an address
 * without TLS is followed only from one that has none. Messages name hosts alone: a signed address is a secret.
 * @throws BowspritError `MESSAGE_MALFORMED` for a redirect that leads nowhere or too far, and what the wire throws.
 */
export async function followRedirects(
  wire: Wire,
  request: RedirectedRequest,
): Promise<{ response: WireResponse; isOwn: boolean }> {
  const { attempt, signal, headers, authorization } = request;
  let { url } = request;
  let isOwn = true;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const authorized = isOwn && authorization !== undefined ? { authorization } : {};
    const response = await wire.send({ url, attempt, signal, headers: { ...headers, ...authorized } });
    if (!statuses.includes(response.status)) return { response, isOwn };
    await response.drop();
    const from = url;
    url = targetOf(response.header("location"), from, request);
    isOwn &&= url.origin === from.origin;
  }
  throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: it was redirected more than ${maxRedirects} times`);
}

function targetOf(location: string | undefined, from: URL, { attempt, isPlainTargetAllowed }: RedirectedRequest): URL {
  const target = location === undefined ? null : URL.parse(location, from.href);
  const fail = (why: string): BowspritError =>
    new BowspritError(ErrorCode.MessageMalformed, `${attempt}: ${from.host} redirects ${why}`);
  if (target === null) throw fail("to no address");
  if (target.username !== "" || target.password !== "") throw fail(`to ${target.host} with credentials in the address`);
  const isPlain = target.protocol === "http:";
  if (!isPlain && target.protocol !== "https:") throw fail("to what is not HTTP");
  if (isPlain && !isPlainTargetAllowed(target.host)) throw fail(`to ${target.host} without TLS`);
  return target;
}
