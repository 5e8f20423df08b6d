import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Wire } from "./create-wire.ts";
import { basicHeader, fetchToken, type Token, type TokenRequest } from "./fetch-token.ts";
import type { Credentials } from "./find-credentials.ts";
import { type Challenge, parseChallenges } from "./parse-challenge.ts";

/** The right to read one repository at one registry. */
export interface Authorizer {
  /** Where the credentials that were tried are from. */
  readonly credentialsFrom: Credentials["from"];
  /** The header for the next request; undefined until the registry asked for one. A token that is over its time is renewed first. */
  current(call: AuthorizerCall): Promise<string | undefined>;
  /**
   * A new header after the registry refused `refused`; undefined where no other one can be had. Requests that were refused
   * together share one renewal.
   */
  renew(refused: string | undefined, challenge: string, call: AuthorizerCall): Promise<string | undefined>;
}

export interface AuthorizerCall {
  readonly attempt: string;
  readonly signal: AbortSignal;
}

export interface AuthorizerOptions {
  readonly wire: Wire;
  readonly repository: string;
  /** Called once, when credentials are needed. */
  readonly credentials: () => Promise<Credentials>;
  /** Whether a token may be asked for without TLS there. */
  readonly isPlainRealmAllowed: (host: string) => boolean;
}

/** Knows nothing and asks nobody before a registry refused a request. */
export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { wire, repository, isPlainRealmAllowed } = options;
  let credentials: Promise<Credentials> | undefined;
  let from: Credentials["from"] = "none";
  let header: string | undefined;
  let expiresAt = Infinity;
  let asked: Omit<TokenRequest, keyof AuthorizerCall> | undefined;
  let renewal: Promise<string | undefined> | undefined;

  const known = async (): Promise<Credentials> => {
    credentials ??= options.credentials();
    const found = await credentials;
    from = found.from;
    return found;
  };

  const fetch = async (call: AuthorizerCall): Promise<string | undefined> => {
    const found = await known();
    if (asked === undefined) return basicOf(found);
    if (found.registryToken !== undefined) return `Bearer ${found.registryToken}`;
    const token: Token | undefined = await fetchToken(wire, { ...asked, ...call }, found);
    expiresAt = token?.expiresAt ?? Infinity;
    return token === undefined ? undefined : `Bearer ${token.text}`;
  };

  const shared = async (call: AuthorizerCall): Promise<string | undefined> => {
    renewal ??= fetch(call).finally(() => (renewal = undefined));
    header = await renewal;
    return header;
  };

  return {
    get credentialsFrom() {
      return from;
    },
    async current(call) {
      return header !== undefined && performance.now() >= expiresAt ? shared(call) : header;
    },
    async renew(refused, challenge, call) {
      if (header !== undefined && header !== refused) return header;
      const offered = parseChallenges(challenge);
      const bearer = offered.find(({ scheme }) => scheme === "bearer");
      if (bearer === undefined && !offered.some(({ scheme }) => scheme === "basic")) return undefined;
      asked = bearer === undefined ? undefined : readBearer(bearer, call.attempt, { repository, isPlainRealmAllowed });
      const renewed = await shared(call);
      return renewed === refused ? undefined : renewed;
    },
  };
}

function basicOf({ username, password }: Credentials): string | undefined {
  return username === undefined ? undefined : basicHeader(username, password ?? "");
}

type BearerOptions = Pick<AuthorizerOptions, "repository" | "isPlainRealmAllowed">;

function readBearer(
  { parameters }: Challenge,
  attempt: string,
  options: BearerOptions,
): Omit<TokenRequest, keyof AuthorizerCall> {
  const realm = URL.parse(parameters.get("realm") ?? "");
  const flaw = realm === null ? "has no address" : flawOf(realm, options);
  if (realm === null || flaw !== undefined)
    throw new BowspritError(
      ErrorCode.MessageMalformed,
      `${attempt}: the token server that the registry names ${flaw ?? ""}`,
    );
  return {
    realm,
    service: parameters.get("service"),
    scope: parameters.get("scope") ?? `repository:${options.repository}:pull`,
  };
}

function flawOf(realm: URL, { isPlainRealmAllowed }: BearerOptions): string | undefined {
  if (realm.username !== "" || realm.password !== "") return "has credentials in its address";
  if (realm.protocol === "https:" || (realm.protocol === "http:" && isPlainRealmAllowed(realm.host))) return undefined;
  return "does not use TLS";
}
