import { Agent, type Dispatcher, request } from "undici";
import type { RegistryOptions } from "./registry-options.ts";
import { fromWireError } from "./wire-error.ts";
import { rootCertificates } from "node:tls";

/** One request as it goes out. */
export interface WireRequest {
  readonly url: URL;
  /** What is tried, the beginning of every message. */
  readonly attempt: string;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** A form; with it the request is a POST, else a GET. */
  readonly form?: URLSearchParams;
}

/** An answer whose head has arrived. Its body is either read to its end or dropped. */
export interface WireResponse {
  readonly status: number;
  header(name: string): string | undefined;
  /** @throws BowspritError `CONNECTION_LOST` for a cut, `DEADLINE_EXCEEDED`, `ABORTED`, `MESSAGE_MALFORMED`. */
  body(): AsyncIterable<Buffer>;
  drop(): Promise<void>;
}

/** Connections to registries and whom they point to. Disposing closes them all, with what still runs on them. */
export interface Wire extends AsyncDisposable {
  /** Sends one request and follows nothing. Addresses are not filtered: people have registries and mirrors in their own networks. */
  send(outgoing: WireRequest): Promise<WireResponse>;
}

type WireOptions = Pick<RegistryOptions, "connectMs" | "idleMs" | "certificates">;

/** Opens nothing yet. */
export function createWire({ connectMs = 10_000, idleMs = 60_000, certificates }: WireOptions): Wire {
  const trusted = certificates === undefined ? {} : { ca: [...rootCertificates, certificates] };
  const agent = new Agent({
    connect: { timeout: connectMs, ...trusted },
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
    allowH2: false,
  });
  return {
    async send(outgoing) {
      const { url, form, signal, attempt } = outgoing;
      try {
        return responseOf(
          await request(url, { dispatcher: agent, signal, headersTimeout: idleMs, ...messageOf(outgoing, form) }),
          outgoing,
        );
      } catch (error) {
        throw fromWireError(error, attempt, signal);
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

function messageOf(
  { headers }: WireRequest,
  form: URLSearchParams | undefined,
): Pick<Dispatcher.RequestOptions, "method" | "headers" | "body"> {
  const all = { "user-agent": "bowsprit", "accept-encoding": "identity", ...headers };
  if (form === undefined) return { method: "GET", headers: all };
  return {
    method: "POST",
    headers: { ...all, "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  };
}

function responseOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { attempt, signal }: WireRequest,
): WireResponse {
  return {
    status: statusCode,
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    async *body() {
      try {
        for await (const chunk of body) yield chunk as Buffer;
      } catch (error) {
        throw fromWireError(error, attempt, signal);
      }
    },
    // A body that is longer than it is worth ends with its connection.
    drop: () => body.dump({ limit: 65_536 }).catch(() => undefined),
  };
}
