import { BowspritError, ErrorCode, isJsonObject, type JsonObject } from "@bowsprit/core";
import { type Host, httpStatusOf, matchVerb, type VerbMatch } from "@bowsprit/sdk";
import type { HttpExchange } from "./http-exchange.ts";

/** Inputs are small: names, paths, a few choices. */
const maxInputBytes = 1_048_576;

/** Answers a verb of the one table with JSON, or with an error and the status that says most of it. */
export async function answerVerb(host: Host, exchange: HttpExchange): Promise<void> {
  const { request, response, signal } = exchange;
  try {
    const { verb, input } = find(request.method ?? "", request.url ?? "");
    const body = await readInput(exchange);
    send(response, 200, await verb.run(host, { ...input, ...body }, { signal }));
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

async function readInput({ request }: HttpExchange): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxInputBytes) throw new BowspritError(ErrorCode.MessageTooLarge, "read an input: it is over 1 MiB");
    chunks.push(chunk);
  }
  if (length === 0) return {};
  const input: unknown = parseJson(Buffer.concat(chunks).toString("utf8"));
  if (isJsonObject(input)) return input;
  throw new BowspritError(ErrorCode.MessageMalformed, "read an input: it is not a JSON object");
}

function send(response: HttpExchange["response"], status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length }).end(body);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
