import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough, type Readable } from "node:stream";
import { requestHeader, servicePrefix } from "@bowsprit/client";
import { BowspritError } from "@bowsprit/core";
import type { ForwardRequest, Host } from "@bowsprit/sdk";
import { PageSink } from "./page-sink.ts";
import { refuse } from "./send.ts";
import { fieldsForBackend } from "./service-headers.ts";

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
  const sink = new PageSink(response, path);
  try {
    sink.begun(host.forward(id, forwardRequest(request, path), { sink }));
  } catch (error) {
    sink.failed(BowspritError.from(error));
  }
}

function forwardRequest(request: IncomingMessage, path: string): ForwardRequest {
  const { method = "GET", rawHeaders, headers } = request;
  const line = { method, path, headers: fieldsForBackend(rawHeaders) };
  const length = headers["content-length"];
  // A body of no bytes is none.
  if ((length === undefined || Number(length) === 0) && headers["transfer-encoding"] === undefined) return line;
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
