import { BowspritError } from "@bowsprit/core";
import { type HttpExchange, write } from "./http-exchange.ts";

/** Answers with one JSON value a line, as they come; a failure is the last line, `{"error": …}`. */
export async function answerLines(values: AsyncIterable<unknown>, exchange: HttpExchange): Promise<void> {
  const { response, signal } = exchange;
  response.writeHead(200, { "content-type": "application/x-ndjson" }).flushHeaders();
  try {
    for await (const value of values) await write(exchange, line(value));
    response.end();
  } catch (error) {
    if (!signal.aborted) response.end(line({ error: BowspritError.from(error) }));
  }
}

function line(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
