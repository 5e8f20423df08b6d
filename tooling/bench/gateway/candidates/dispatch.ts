// What can be had from undici without any check: the request and its answer are passed on as they are, but for the hop-by-hop fields.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Dispatcher, Pool } from "undici";

const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const pool = new Pool("http://localhost", { socketPath: process.argv[2] ?? "" });

function endToEnd(raw: readonly (string | Buffer)[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = String(raw[index]);
    if (!hopByHop.has(name.toLowerCase())) kept.push(name, raw[index + 1]?.toString("latin1") ?? "");
  }
  return kept;
}

/** The head waits for the first chunk; when that is the whole body, both and the end are one write. */
class PassThrough implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;
  #length = -1;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** There is nobody to tell, but undici insists. */
  onRequestStart(): void {}

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: unknown): void {
    if (status < 200) return;
    const raw = controller.rawHeaders;
    this.#length = Number((headers as Readonly<Record<string, string>>)["content-length"] ?? -1);
    this.#response.writeHead(status, endToEnd(Array.isArray(raw) ? raw : []));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (chunk.length === this.#length) this.#response.end(chunk);
    else if (!this.#response.write(chunk)) {
      controller.pause();
      this.#response.once("drain", () => controller.resume());
    }
  }

  onResponseEnd(): void {
    if (!this.#response.writableEnded) this.#response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, reason: Error): void {
    this.#response.destroy(reason);
  }
}

function pass(request: IncomingMessage, response: ServerResponse): void {
  const { method = "GET", url: path = "/", headers } = request;
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  pool.dispatch(
    { method, path, headers: endToEnd(request.rawHeaders), body: hasBody ? request : null },
    new PassThrough(response),
  );
}

const server = createServer(pass);
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("disconnect", () => process.exit(0));
