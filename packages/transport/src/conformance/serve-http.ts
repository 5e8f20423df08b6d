import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { pattern } from "./pattern.ts";
import { serveUpgrade } from "./serve-upgrade.ts";

/**
 * An HTTP backend on one stream. `/echo` answers with the request's body as it comes, `/seen` with what was received as JSON, `/bytes/N`
 * with N bytes of the pattern, `/events/N` with N numbered events, `/status/N` with that status, `/fail` fails in its handler, `/nothing` is 204, `/hang` never answers,
 * anything else answers with its own path. An upgrade is answered by `serveUpgrade`.
 */
export function serveHttp(stream: Duplex): void {
  backend.emit("connection", stream);
  stream.resume();
}

const backend: Server = createServer(
  { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 },
  (request, response) => {
    for (const side of [request, response]) side.on("error", () => {});
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500).end(String(error));
      else response.destroy();
    });
  },
)
  .on("clientError", (_error, stream) => stream.destroy())
  .on("upgrade", serveUpgrade);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = "/" } = request;
  const [, kind, detail] = url.split(/[/?]/u);
  if (kind === "echo") request.pipe(response);
  else if (kind === "seen") await tellSeen(request, response);
  else if (kind === "bytes") await writeBytes(response, Number(detail));
  else if (kind === "events") writeEvents(response, Number(detail));
  else if (kind === "status") response.writeHead(Number(detail)).end(`status ${detail}`);
  else if (kind === "fail") throw new Error("the handler failed");
  else if (kind === "nothing") response.writeHead(204).end();
  else if (kind !== "hang") response.end(url);
}

async function tellSeen(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks = (await Array.fromAsync(request)) as Buffer[];
  const { method, url, rawHeaders } = request;
  const body = Buffer.concat(chunks).toString("base64");
  response
    .writeHead(200, ["Content-Type", "application/json", "X-Twice", "1", "x-twice", "2"])
    .end(JSON.stringify({ method, url, rawHeaders, body }));
}

async function writeBytes(response: ServerResponse, bytes: number): Promise<void> {
  const step = 65_536;
  response.writeHead(200, { "content-length": bytes });
  for (let at = 0; at < bytes && !response.destroyed; at += step) {
    if (response.write(pattern(at, Math.min(step, bytes - at)))) continue;
    const { promise, resolve } = Promise.withResolvers<void>();
    response.once("drain", resolve).once("close", resolve);
    await promise;
  }
  response.end();
}

function writeEvents(response: ServerResponse, count: number): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let index = 0; index < count; index += 1) response.write(`id: ${index}\ndata: event ${index}\n\n`);
  response.end();
}
