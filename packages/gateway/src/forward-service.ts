import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough, type Readable } from "node:stream";
import { errorHeader, requestHeader, servicePrefix } from "@bowsprit/client";
import { BowspritError } from "@bowsprit/core";
import { type ForwardRequest, type Forwarding, gatewayStatusOf, type Host, type ResponseSink } from "@bowsprit/sdk";
import { apiAnswer } from "./security-headers.ts";
import { refuse, send } from "./send.ts";
import { fieldsForBackend, fieldsForPage } from "./service-headers.ts";

/** What a script must send, so that no link, form, image or script element of any origin reaches a backend. */
const requestField = requestHeader.toLowerCase();

/**
 * Hands a page's request on to its backend and the answer back: the path as it came, bodies as they come, no faster than either side
 * reads. A page that goes away ends the request at the backend.
 */
export function forwardService(
  request: IncomingMessage,
  response: ServerResponse,
  { host, id }: { readonly host: Host; readonly id: string },
): void {
  if (request.headers[requestField] !== "1") return refuse(response, { status: 403 });
  const path = request.url?.slice(servicePrefix.length) ?? "";
  if (!path.startsWith("/")) return refuse(response, { status: 404 });
  const { sink, begun } = createSink(response);
  try {
    const forwarding = host.forward(id, forwardRequest(request, path), { sink });
    begun(forwarding);
  } catch (error) {
    sink.failed(BowspritError.from(error));
  }
}

function forwardRequest(request: IncomingMessage, path: string): ForwardRequest {
  const { method = "GET", rawHeaders, headers } = request;
  const line = { method, path, headers: fieldsForBackend(rawHeaders) };
  const length = headers["content-length"];
  if (length === undefined && headers["transfer-encoding"] === undefined) return line;
  return { ...line, body: bodyOf(request), ...(length !== undefined && { contentLength: Number(length) }) };
}

/**
 * A stream of its own: the exchange closes what it was given when it ends, and the page's request must outlive a backend that answers
 * before it has read everything.
 */
function bodyOf(request: IncomingMessage): Readable {
  const body = new PassThrough();
  request.pipe(body);
  request.once("error", (error) => body.destroy(error));
  request.once("close", () => {
    if (!request.complete) body.destroy(new Error("the page stopped sending"));
  });
  // What the backend does not want any more is read and dropped, so that the answer gets through.
  body.once("close", () => request.unpipe(body).resume());
  return body;
}

interface SinkOf {
  readonly sink: ResponseSink;
  begun(forwarding: Forwarding): void;
}

function createSink(response: ServerResponse): SinkOf {
  let forwarding: Forwarding | undefined;
  let isOver = false;
  response.once("close", () => {
    if (!isOver) forwarding?.abort();
  });
  const sink: ResponseSink = {
    head(status, statusText, headers) {
      // The head leaves with the first bytes of the body: one write less.
      response.sendDate = false;
      response.writeHead(status, statusText, fieldsForPage(headers, servicePrefix));
    },
    data(chunk) {
      if (response.write(chunk)) return true;
      response.once("drain", () => forwarding?.resume());
      return false;
    },
    end() {
      isOver = true;
      response.end();
    },
    failed(error) {
      isOver = true;
      if (response.headersSent) response.destroy();
      else if (!response.destroyed) sendFailure(response, error);
    },
  };
  return {
    sink,
    begun(started) {
      forwarding = started;
      if (response.destroyed && !isOver) started.abort();
    },
  };
}

/** A failure of ours is told apart from an answer of the backend with the same status. */
function sendFailure(response: ServerResponse, reason: unknown): void {
  const error = BowspritError.from(reason);
  send(response, {
    status: gatewayStatusOf(error.code),
    headers: [...apiAnswer, errorHeader, error.code],
    type: "application/json; charset=utf-8",
    body: JSON.stringify({ error }),
  });
}
