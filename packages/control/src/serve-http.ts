import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { BowspritError, ErrorCode, type LogOptions } from "@bowsprit/core";
import type { Host } from "@bowsprit/sdk";
import { answerLines } from "./answer-lines.ts";
import { answerRequest } from "./answer-request.ts";
import { answerVerb } from "./answer-verb.ts";
import type { HttpExchange } from "./http-exchange.ts";

/** The HTTP half of the control channel: an HTTP server that listens nowhere. */
export interface HttpHalf {
  /** Serves an admitted stream, which belongs to the server from now on. */
  accept(stream: Duplex): void;
}

/**
 * Serves what is too large for messages: the verbs of the table, `GET /logs/<id>`, `GET /events` and `POST /request/<id>`. There is no
 * limit on how long an exchange may take: bodies and events last as long as they last, and a peer that is gone closes its connection.
 */
export function createHttpHalf(host: Host): HttpHalf {
  const server = createServer({ requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
    void answer(host, open(request, response));
  });
  server.on("clientError", (_error, stream) => stream.destroy());
  return {
    accept(stream) {
      server.emit("connection", stream);
      stream.resume();
    },
  };
}

function open(request: IncomingMessage, response: ServerResponse): HttpExchange {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  for (const side of [request, response]) side.on("error", () => gone.abort());
  return { request, response, signal: gone.signal };
}

async function answer(host: Host, exchange: HttpExchange): Promise<void> {
  try {
    await route(host, exchange);
  } catch {
    // An answer that cannot be given in its own way is not given at all.
    exchange.response.destroy();
  }
}

async function route(host: Host, exchange: HttpExchange): Promise<void> {
  const { signal } = exchange;
  const { method = "", url = "" } = exchange.request;
  const [, kind, id = "", query] = /^\/(request|logs)\/([\w.:@-]+)(?:\?(.*))?$/u.exec(url) ?? [];
  if (method === "POST" && kind === "request") return answerRequest(host, id, exchange);
  if (method === "GET" && url === "/events") return answerLines(host.watch({ signal }), exchange);
  if (method !== "GET" || kind !== "logs") return answerVerb(host, exchange);
  return answerLines(host.logs(id, { ...logOptions(new URLSearchParams(query)), signal }), exchange);
}

/** @throws BowspritError `INVALID_ARGUMENT` for a value that is none. */
function logOptions(query: URLSearchParams): LogOptions {
  const [tail, since, service] = ["tail", "since", "service"].map((name) => query.get(name) ?? undefined);
  const moment = since === undefined ? undefined : new Date(since);
  const count = tail === undefined ? undefined : Number(tail);
  if (Number.isNaN(moment?.getTime()) || (count !== undefined && !Number.isSafeInteger(count))) {
    throw new BowspritError(ErrorCode.InvalidArgument, "read the request: tail or since is not what it must be");
  }
  return {
    follow: query.get("follow") === "true",
    ...(count !== undefined && { tail: count }),
    ...(moment !== undefined && { since: moment }),
    ...(service !== undefined && { service }),
  };
}
