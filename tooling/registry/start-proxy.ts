import { createServer, type IncomingMessage, request as send, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { listen } from "./listen.ts";
import type { Certificate } from "./make-certificate.ts";

/** What the proxy does to an exchange; everything it does not name passes unchanged. */
export interface Tampering {
  /** Waits for this before anything else. */
  readonly after?: Promise<unknown>;
  /** An answer of the proxy's own. */
  readonly answer?: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** Takes `Range` from the request, as a registry that does not know it. */
  readonly withoutRange?: boolean;
  /** Headers of the answer that are put in the place of the registry's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Breaks the connection after so many bytes of the body. */
  readonly cutAfter?: number;
  /** Sends so many bytes of the body and then nothing, until the other side goes. */
  readonly stallAfter?: number;
  /** Changes this byte of the body. */
  readonly corruptAt?: number;
}

export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
}

/** Stands before a registry and tampers with what passes. */
export interface Proxy extends AsyncDisposable {
  readonly host: string;
  readonly requests: readonly SeenRequest[];
  /** How many answers stand still by `stallAfter`; resolves when there are that many. */
  stalled(count: number): Promise<void>;
}

export interface ProxyOptions {
  /** Host and port of what is behind it. */
  readonly target: string;
  readonly tamper?: (request: SeenRequest) => Tampering | undefined;
  /** With it the proxy is spoken to by TLS. */
  readonly certificate?: Certificate;
}

/** Starts one on a free port of loopback. */
export async function startProxy({ target, tamper, certificate }: ProxyOptions): Promise<Proxy> {
  const requests: SeenRequest[] = [];
  const stalls = createCounter();
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = "", url: path = "", headers } = request;
    const seen = { method, path, authorization: headers.authorization, range: headers.range };
    requests.push(seen);
    const tampering = tamper?.(seen) ?? {};
    void Promise.resolve(tampering.after).then(() =>
      pass({ request, response, target, tampering, onStall: stalls.add }),
    );
  };
  const server =
    certificate === undefined
      ? createServer(serve)
      : createTlsServer({ cert: certificate.certificate, key: certificate.key }, serve);
  const { host, end } = await listen(server);
  return { host, requests, stalled: stalls.reached, [Symbol.asyncDispose]: end };
}

interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: string;
  readonly tampering: Tampering;
  readonly onStall: () => void;
}

function pass({ request, response, target, tampering, onStall }: Passage): void {
  const { answer, withoutRange, headers } = tampering;
  if (answer !== undefined) {
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return;
  }
  const [hostname, port] = target.split(":");
  const passed = { ...request.headers, host: target };
  if (withoutRange === true) delete passed.range;
  const options = { hostname, port, method: request.method, path: request.url, headers: passed, agent: false };
  const outgoing = send(options, (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, { ...incoming.headers, ...headers });
    passBody(incoming, response, { ...tampering, onStall });
  });
  outgoing.on("error", () => response.destroy());
  response.on("close", () => outgoing.destroy());
  outgoing.end();
}

function passBody(
  incoming: IncomingMessage,
  response: ServerResponse,
  tampering: Tampering & { onStall: () => void },
): void {
  const { cutAfter = Infinity, stallAfter = Infinity, corruptAt = -1, onStall } = tampering;
  const limit = Math.min(cutAfter, stallAfter);
  let offset = 0;
  incoming.on("data", (chunk: Buffer) => {
    const begin = offset;
    offset += chunk.length;
    const at = corruptAt - begin;
    if (at >= 0 && at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 0xff;
    if (begin >= limit) return;
    // The last piece must have left before the connection goes.
    response.write(chunk.subarray(0, limit - begin), () => {
      if (offset >= cutAfter) response.destroy();
      else if (offset >= stallAfter) onStall();
    });
  });
  incoming.on("end", () => {
    if (offset <= limit) response.end();
  });
}

function createCounter(): { add(): void; reached(count: number): Promise<void> } {
  let count = 0;
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    add() {
      count += 1;
      for (const one of waiting) if (one.count <= count) one.resolve();
    },
    async reached(wanted) {
      if (count >= wanted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ count: wanted, resolve });
      await promise;
    },
  };
}
