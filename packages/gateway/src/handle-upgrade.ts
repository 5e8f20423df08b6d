import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { hostExecPath } from "@bowsprit/client";
import type { Host } from "@bowsprit/sdk";
import { type WebSocket, WebSocketServer } from "ws";
import { execStream } from "./exec-stream.ts";
import type { Guard } from "./guard.ts";
import type { Pages } from "./pages.ts";
import { type Refusal, refusalAnswer } from "./refusal.ts";
import { sendEvents } from "./send-events.ts";

export interface UpgradeHandlerOptions {
  readonly guard: Guard;
  readonly host: Host;
  readonly pages: Pages;
}

export interface UpgradeHandler extends AsyncDisposable {
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What a page sends is one short message; what it gets is not limited by this. Both limits are about memory (ADR 0004). */
const limits = { maxPayload: 1024 * 1024, maxFragments: 128 };

/**
 * The one way of every upgrade: through the same guard, never without a session, and only to a WebSocket: `ws` refuses whatever does not
 * ask for exactly that, so that nobody behind us is switched to another protocol (H23, H24). Disposing ends them all.
 */
export function createUpgradeHandler({ guard, host, pages }: UpgradeHandlerOptions): UpgradeHandler {
  const server = new WebSocketServer({ noServer: true, clientTracking: true, perMessageDeflate: false, ...limits });
  // What asks for no WebSocket is refused as everything else is.
  server.on("wsClientError", (_error, socket) => refuse(socket, { status: 400 }));
  const routeOf = (request: IncomingMessage): ((socket: WebSocket) => void) | Refusal => {
    const passage = guard.judge(request, true);
    if ("status" in passage) return passage;
    if (!("noSession" in passage)) return { status: 403 };
    const { site, noSession } = passage;
    if (noSession !== undefined) return noSession;
    if (site.kind === "dashboard" && request.url === "/api/events") return (socket) => sendEvents(socket, host);
    const id = site.kind === "page" && request.url === hostExecPath ? pages.idOf(site.label) : undefined;
    return id === undefined ? { status: 404 } : (socket) => execStream(socket, { host, id });
  };
  return {
    handle(request, socket, head) {
      socket.on("error", () => socket.destroy());
      const route = routeOf(request);
      if ("status" in route) refuse(socket, route);
      else server.handleUpgrade(request, socket, head, route);
    },
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function refuse(socket: Duplex, refusal: Refusal): void {
  const { status } = refusal;
  const { headers, body } = refusalAnswer(refusal);
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1] ?? ""}`] : []));
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("\r\n")}\r\n\r\n${body}`, () =>
    socket.destroy(),
  );
}
