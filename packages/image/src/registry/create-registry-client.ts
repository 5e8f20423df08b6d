import { type Authorizer, createAuthorizer } from "./create-authorizer.ts";
import type { Wire, WireResponse } from "./create-wire.ts";
import type { Credentials } from "./find-credentials.ts";
import { followRedirects } from "./follow-redirects.ts";
import { parseChallenges } from "./parse-challenge.ts";
import { readRefusal } from "./registry-error.ts";
import { type Endpoint, isPlainAllowed } from "./registry-endpoints.ts";
import type { RegistryOptions } from "./registry-options.ts";
import { isWithoutTls } from "./wire-error.ts";

/** Reads one repository at one registry or mirror. */
export interface RegistryClient {
  /** Host and port, for messages. */
  readonly name: string;
  /**
   * The answer to a GET below `/v2/<repository>/`, authenticated as the registry asks and redirected at most five times.
   * @throws BowspritError `SOURCE_NOT_FOUND` for status 404, `ENDPOINT_FORBIDDEN` for 401 and 403, `ENDPOINT_UNREACHABLE` for 429 and
   *   from 500 on, `MESSAGE_MALFORMED` for any other than `statuses`, and what the wire throws.
   */
  get(path: string, call: RegistryCall): Promise<WireResponse>;
}

export interface RegistryCall {
  readonly attempt: string;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** What counts as an answer; the default is 200. */
  readonly statuses?: readonly number[];
}

export interface RegistryClientOptions extends Pick<RegistryOptions, "insecureRegistries"> {
  readonly wire: Wire;
  readonly repository: string;
  readonly credentials: () => Promise<Credentials>;
}

/** Sends nothing before it is asked for something. */
export function createRegistryClient(endpoint: Endpoint, options: RegistryClientOptions): RegistryClient {
  const { wire, repository, credentials } = options;
  let origin: string | undefined;
  // A registry that is spoken to with TLS must not lead us to where none is.
  const isPlainFrom = (spoken: string, host: string): boolean =>
    spoken.startsWith("http://") && isPlainAllowed(host, options);
  const isPlainRealmAllowed = (host: string): boolean => isPlainFrom(origin ?? "", host);
  const authorizer = createAuthorizer({ wire, repository, credentials, isPlainRealmAllowed });

  const send = async (path: string, call: RegistryCall, authorization: string | undefined): Promise<Answer> => {
    const origins = origin === undefined ? endpoint.origins : [origin];
    for (const [index, candidate] of origins.entries()) {
      try {
        const url = new URL(`/v2/${repository}/${path}`, candidate);
        const isPlainTargetAllowed = (host: string): boolean => isPlainFrom(candidate, host);
        const answer = await followRedirects(wire, { ...call, url, authorization, isPlainTargetAllowed });
        origin = candidate;
        return answer;
      } catch (error) {
        if (index === origins.length - 1 || !isWithoutTls(error)) throw error;
      }
    }
    throw new TypeError("an endpoint without origins");
  };

  return {
    name: endpoint.name,
    async get(path, call) {
      const response = await sendAuthorized(authorizer, call, (authorization) => send(path, call, authorization));
      if ((call.statuses ?? [200]).includes(response.status)) return response;
      throw await readRefusal(response, {
        attempt: call.attempt,
        registry: endpoint.name,
        credentialsFrom: authorizer.credentialsFrom,
      });
    },
  };
}

/** An answer, and whether the registry itself gave it. */
export interface Answer {
  readonly response: WireResponse;
  readonly isOwn: boolean;
}

/**
 * Asks, logs in where the registry wants it, and asks once more with a new token where one that was valid is refused: it may have run
 * out on the way.
 */
async function sendAuthorized(
  authorizer: Authorizer,
  call: RegistryCall,
  send: (authorization: string | undefined) => Promise<Answer>,
): Promise<WireResponse> {
  let authorization = await authorizer.current(call);
  let renewals = authorization === undefined ? 2 : 1;
  for (;;) {
    const { response, isOwn } = await send(authorization);
    const challenge = response.header("www-authenticate");
    if (response.status !== 401 || !isOwn || challenge === undefined || renewals === 0) return response;
    if (authorization !== undefined && isFinal(challenge)) return response;
    const renewed = await authorizer.renew(authorization, challenge, call);
    if (renewed === undefined) return response;
    await response.drop();
    authorization = renewed;
    renewals -= 1;
  }
}

/** A token that is too weak stays so. */
function isFinal(challenge: string): boolean {
  return parseChallenges(challenge).some(({ parameters }) => parameters.get("error") === "insufficient_scope");
}
