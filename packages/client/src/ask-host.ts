import { BowspritError, ErrorCode } from "@bowsprit/core";
import { requestHeader } from "./wire.ts";

/** Where the gateway answers, and by what it is asked. */
export interface HostConnection {
  /** The origin of the page: `http://<label>.bowsprit.localhost:<port>`. */
  readonly base: string;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** An answer that has come whole. */
export interface HostAnswer {
  readonly response: Response;
  readonly text: string;
}

/**
 * Sends one request to the gateway, as nobody but this page can: with the cookie and the field of the client, past every cache. A redirect
 * is followed: the gateway lets through only those that stay at the backend.
 * @throws BowspritError `ENDPOINT_UNREACHABLE` when nothing answers, `CONNECTION_LOST` when an answer breaks off; TypeError for a
 * method or a field that a browser does not send.
 */
export async function askHost(host: HostConnection, path: string, init: RequestInit): Promise<HostAnswer> {
  const headers = new Headers(init.headers);
  headers.set(requestHeader, "1");
  const request = new Request(`${host.base}${path}`, {
    ...init,
    headers,
    cache: "no-store",
    credentials: "same-origin",
  });
  const response = await host.fetch(request).catch((cause: unknown) => {
    throw unreachable(request, { code: ErrorCode.EndpointUnreachable, why: "the host cannot be reached", cause });
  });
  const text = await response.text().catch((cause: unknown) => {
    throw unreachable(request, { code: ErrorCode.ConnectionLost, why: "the answer of the host broke off", cause });
  });
  return { response, text };
}

/** What a reader of an unreachable host can do. */
export const reachHint = "See whether `bowsprit serve` still runs, then load this page again.";

interface Reason {
  readonly code: ErrorCode;
  readonly why: string;
  readonly cause: unknown;
}

function unreachable({ method, url }: Request, { code, why, cause }: Reason): BowspritError {
  return new BowspritError(code, `request ${method} ${new URL(url).pathname}: ${why}`, { cause, hint: reachHint });
}
