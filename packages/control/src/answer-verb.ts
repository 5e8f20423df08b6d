import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type Host, httpStatusOf, matchVerb, readJsonBody, type VerbMatch } from "@bowsprit/sdk";
import type { HttpExchange } from "./http-exchange.ts";

/** Answers a verb of the one table with JSON, or with an error and the status that says most of it. */
export async function answerVerb(host: Host, exchange: HttpExchange): Promise<void> {
  const { request, response, signal } = exchange;
  try {
    const match = find(request.method ?? "", request.url ?? "");
    send(response, 200, await match.run(host, await readJsonBody(request), { signal }));
  } catch (reason) {
    const error = BowspritError.from(reason);
    send(response, httpStatusOf(error.code), { error });
  }
}

function find(method: string, target: string): VerbMatch {
  const match = matchVerb(method, target);
  if (match !== undefined) return match;
  throw new BowspritError(ErrorCode.Unsupported, `${method} ${target}: the daemon knows no such verb`, {
    hint: "The daemon is of another version than this program: stop it and start it anew.",
  });
}

function send(response: HttpExchange["response"], status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length }).end(body);
}
