import { PassThrough } from "node:stream";
import { BowspritError, type CallOptions, ErrorCode } from "@bowsprit/core";
import type { Host, ServiceRequest } from "@bowsprit/sdk";
import { type HttpExchange, readExactly, write } from "./http-exchange.ts";
import { jsonRecord, recordPrefix } from "./records.ts";
import { maxGatheredBytes, maxHeadBytes, parseRequestHead, type RequestHead } from "./request-head.ts";

/**
 * Hands a request on to a backend and its answer back, record by record and no faster than either side takes it. Every failure is a
 * record, also in the middle of a body. A peer that goes away ends the backend's request.
 */
export async function answerRequest(host: Host, id: string, exchange: HttpExchange): Promise<void> {
  const { response, signal } = exchange;
  response.writeHead(200, { "content-type": "application/vnd.bowsprit.records" });
  try {
    const head = parseRequestHead(await readHead(exchange));
    const { method, path, headers, timeoutMs } = head;
    const body = await openBody(head, exchange);
    const call: CallOptions = { signal, ...(timeoutMs !== undefined && { timeoutMs }) };
    const answer = await host.request(id, { method, path, headers, ...(body !== undefined && { body }) }, call);
    const { status, statusText } = answer;
    await write(exchange, jsonRecord("H", { status, statusText, headers: answer.headers }));
    for await (const chunk of answer.body) await write(exchange, recordPrefix("D", chunk.length), chunk);
    response.end(recordPrefix(".", 0));
  } catch (error) {
    response.end(jsonRecord("E", BowspritError.from(error)));
  }
}

async function readHead(exchange: HttpExchange): Promise<Buffer> {
  const length = (await readExactly(exchange, 4)).readUInt32BE();
  if (length <= maxHeadBytes) return readExactly(exchange, length);
  throw new BowspritError(
    ErrorCode.MessageTooLarge,
    `read a request to hand on: its head is over ${maxHeadBytes} bytes`,
  );
}

async function openBody({ body, bytes }: RequestHead, exchange: HttpExchange): Promise<ServiceRequest["body"]> {
  if (body === "none") return undefined;
  if (bytes !== undefined && bytes <= maxGatheredBytes) return readExactly(exchange, bytes);
  const stream = openStream(exchange);
  // Not as the stream it is: of one that has come whole by now the length would be told.
  return { [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() };
}

/** A stream of its own: whoever has the body may end it early, and must not end the connection of the answer with it. */
function openStream({ request, signal }: HttpExchange): PassThrough {
  const body = new PassThrough().on("error", () => {});
  signal.addEventListener("abort", () => {
    if (!request.complete) body.destroy(new BowspritError(ErrorCode.ConnectionLost, "the caller has gone"));
  });
  return request.pipe(body);
}
