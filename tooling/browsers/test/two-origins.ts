import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** One request as the server saw it. */
export interface SeenRequest {
  readonly host: string;
  readonly path: string;
  readonly cookie: string;
}

/** A dashboard and a page's origin on one port, as the gateway will have them. Disposing closes every connection. */
export interface TwoOrigins extends AsyncDisposable {
  readonly port: number;
  /** `http://bowsprit.localhost:<port>`; its `/` shows the page in a frame, and `?sandbox=` says what that frame may do. */
  readonly dashboard: string;
  /** `http://abc.bowsprit.localhost:<port>`. */
  readonly page: string;
  readonly seen: readonly SeenRequest[];
}

const strict = "Secure; HttpOnly; SameSite=Strict; Path=/";
const usual = "allow-scripts allow-same-origin allow-forms";

/** Opens them on a free port of this computer. */
export async function openTwoOrigins(): Promise<TwoOrigins> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const one = describe(request);
    seen.push(one);
    answer(one, response);
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket, request) => socket.send(describe(request).cookie));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    dashboard: `http://bowsprit.localhost:${port}`,
    page: `http://abc.bowsprit.localhost:${port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function describe({ headers, url = "/" }: IncomingMessage): SeenRequest {
  return { host: headers.host ?? "", path: url, cookie: headers.cookie ?? "" };
}

function answer({ host, path, cookie }: SeenRequest, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(path, `http://${host}`);
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  if (pathname === "/" && host.startsWith("bowsprit.")) {
    response.setHeader("set-cookie", `__Host-dashboard=d; ${strict}`);
    const sandbox = searchParams.get("sandbox") ?? usual;
    response.end(
      `<title>dashboard</title><h1>dashboard</h1><iframe sandbox="${sandbox}" src="http://abc.${host}/enter">`,
    );
  } else if (pathname === "/enter") {
    response.writeHead(303, { "set-cookie": `__Host-page=p; ${strict}`, location: "/page" }).end();
  } else if (pathname === "/page") {
    response.end("<title>page</title><p>page");
  } else if (pathname === "/cookie") {
    response.setHeader("content-type", "text/plain");
    response.end(cookie);
  } else if (pathname === "/faulty") {
    response.end(
      `<script>console.error("said"); queueMicrotask(() => { throw new Error("thrown"); });</script><img src="/gone">`,
    );
  } else if (pathname === "/cut") {
    response.destroy();
  } else if (pathname === "/favicon.ico") {
    response.writeHead(204).end();
  } else {
    response.writeHead(404).end("nothing here");
  }
}
