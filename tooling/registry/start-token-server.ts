import { createSign, randomUUID, X509Certificate } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { account } from "./account.ts";
import { listen } from "./listen.ts";
import type { Certificate } from "./make-certificate.ts";

/** A server of tokens for a registry, by the distribution project's specification, signing with RS256. */
export interface TokenServer extends AsyncDisposable {
  /** What the registry names as its realm. */
  readonly realm: string;
  /** Every request in order: its method, query or form, and the header `Authorization`. */
  readonly requests: readonly TokenRequest[];
}

export interface TokenRequest {
  readonly method: string;
  readonly parameters: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface TokenServerOptions {
  readonly certificate: Certificate;
  /** Whether somebody without credentials may pull; the default is false. */
  readonly isPublic?: boolean;
  /** How many of the first tokens are past their time when they are given out; the default is 0. */
  readonly expired?: number;
  /** What the answers say of a token's life; the default is 300. */
  readonly expiresIn?: number;
  /** A refresh token that is traded for access tokens. */
  readonly identityToken?: string;
}

/** Starts one on a free port of loopback. */
export async function startTokenServer(options: TokenServerOptions): Promise<TokenServer> {
  const requests: TokenRequest[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const asked = await readRequest(request);
      requests.push(asked);
      if (!isAllowed(asked, options)) return response.writeHead(401).end();
      const isExpired = requests.length <= (options.expired ?? 0);
      const token = sign(asked.parameters.get("scope") ?? "", options.certificate, isExpired);
      const body = { token, access_token: token, expires_in: options.expiresIn ?? 300 };
      return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    })();
  });
  const { host, end } = await listen(server);
  return { realm: `http://${host}/token`, requests, [Symbol.asyncDispose]: end };
}

async function readRequest(request: IncomingMessage): Promise<TokenRequest> {
  const { method = "", headers } = request;
  const query = new URL(request.url ?? "", "http://x").searchParams;
  const parameters = method === "POST" ? new URLSearchParams(await text(request)) : query;
  return { method, parameters, authorization: headers.authorization };
}

function isAllowed({ method, parameters, authorization }: TokenRequest, options: TokenServerOptions): boolean {
  if (method === "POST")
    return options.identityToken !== undefined && parameters.get("refresh_token") === options.identityToken;
  if (authorization === undefined) return options.isPublic === true;
  const expected = Buffer.from(`${account.username}:${account.password}`).toString("base64");
  return authorization === `Basic ${expected}`;
}

function sign(scope: string, { certificate, key }: Certificate, isExpired: boolean): string {
  const now = Math.floor(Date.now() / 1000);
  // The registry allows a minute's difference of clocks.
  const issued = isExpired ? now - 3600 : now;
  const [type = "", name = "", actions = ""] = scope.split(":");
  const header = { typ: "JWT", alg: "RS256", x5c: [new X509Certificate(certificate).raw.toString("base64")] };
  const claims = {
    iss: "test-issuer",
    sub: account.username,
    aud: "test-registry",
    iat: issued,
    nbf: issued - 10,
    exp: issued + 600,
    jti: randomUUID(),
    access: [{ type, name, actions: actions.split(",") }],
  };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(key, "base64url")}`;
}
