import { BowspritError, ErrorCode, type JsonValue } from "@bowsprit/core";
import type { Wire } from "./create-wire.ts";
import type { Credentials } from "./find-credentials.ts";
import { readBounded } from "./read-bounded.ts";
import { readSecretDocument } from "./read-secret-document.ts";

/** What a registry says about where its tokens come from. */
export interface TokenRequest {
  /** A checked address: with TLS, or of a host that may do without. */
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scope: string;
  readonly attempt: string;
  readonly signal: AbortSignal;
}

export interface Token {
  readonly text: string;
  /** On the clock of `performance.now()`. */
  readonly expiresAt: number;
}

const maxBytes = 1024 * 1024;
/** What a token lives that says nothing else (distribution specification, token authentication). */
const defaultSeconds = 60;

/**
 * Asks a token server: by GET with Basic credentials or none, or by the OAuth2 form with an identity token. It redirects nowhere, for
 * the request carries credentials. Undefined means that it refused them.
 * @throws BowspritError `MESSAGE_MALFORMED`, `MESSAGE_TOO_LARGE`, `ENDPOINT_UNREACHABLE` and what the wire throws.
 */
export async function fetchToken(
  wire: Wire,
  wanted: TokenRequest,
  credentials: Credentials,
): Promise<Token | undefined> {
  const attempt = `${wanted.attempt}: ask ${wanted.realm.host} for a token`;
  const asked = performance.now();
  const response = await wire
    .send({ attempt, signal: wanted.signal, ...messageOf(wanted, credentials) })
    .catch(notRepeated);
  if (response.status !== 200) await response.drop();
  if (
    response.status === 401 ||
    response.status === 403 ||
    (response.status === 400 && credentials.identityToken !== undefined)
  )
    return undefined;
  if (response.status !== 200) {
    const isBusy = response.status === 429 || response.status >= 500;
    const code = isBusy ? ErrorCode.EndpointUnreachable : ErrorCode.MessageMalformed;
    throw new BowspritError(code, `${attempt}: it answered with status ${response.status}`, {
      details: { status: response.status },
    });
  }
  return tokenOf(await readBounded(response, maxBytes, attempt), attempt, asked);
}

/** A POST that was cut may have been received; unlike a cut GET it is not for the caller to repeat. */
function notRepeated(error: unknown): never {
  if (!BowspritError.is(error, ErrorCode.ConnectionLost)) throw error;
  throw new BowspritError(ErrorCode.EndpointUnreachable, error.message, { details: error.details, cause: error });
}

function messageOf(
  { realm, service, scope }: TokenRequest,
  { username, password, identityToken }: Credentials,
): { url: URL; headers?: Record<string, string>; form?: URLSearchParams } {
  const parameters = { ...(service !== undefined && { service }), scope };
  if (identityToken !== undefined) {
    const grant = { grant_type: "refresh_token", client_id: "bowsprit", refresh_token: identityToken };
    return { url: realm, form: new URLSearchParams({ ...grant, ...parameters }) };
  }
  const url = new URL(realm);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url, ...(username !== undefined && { headers: { authorization: basicHeader(username, password ?? "") } }) };
}

/** The header of Basic authentication (RFC 7617). */
export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function tokenOf(bytes: Buffer, attempt: string, asked: number): Token {
  const { token, access_token: accessToken, expires_in: seconds } = readSecretDocument(bytes, maxBytes, attempt);
  const text = isToken(token) ? token : accessToken;
  if (!isToken(text)) throw new BowspritError(ErrorCode.MessageMalformed, `${attempt}: the answer holds none`);
  const lives = typeof seconds === "number" && seconds > 0 ? seconds : defaultSeconds;
  return { text, expiresAt: asked + lives * 1000 };
}

/** Nothing else can stand in a header. */
function isToken(value: JsonValue | undefined): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/u.test(value);
}
