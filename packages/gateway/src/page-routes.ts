import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { hostExecPath, servicePrefix } from "@bowsprit/client";
import type { Host } from "@bowsprit/sdk";
import { clientPath } from "./client-element.ts";
import { execPlain } from "./exec-plain.ts";
import { forwardService } from "./forward-service.ts";
import type { PageFiles } from "./page-files.ts";
import type { Pages } from "./pages.ts";
import { everyAnswer } from "./security-headers.ts";
import { isNavigation, refuse } from "./send.ts";
import { sendFile } from "./send-file.ts";

export interface PageRoutesOptions {
  readonly host: Host;
  readonly pages: Pages;
  readonly files: PageFiles;
  /** The built script that makes `window.ddClient`, and what names its state. */
  readonly client: { readonly script: URL; readonly version: string };
}

export interface PageRoutes {
  /** Answers a request of a page that has a session; which page it is says the origin, and nothing else. */
  answer(label: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** The routes of a page's origin: its backend, its executables, its client, its files. */
export function createPageRoutes({ host, pages, files, client }: PageRoutesOptions): PageRoutes {
  return {
    async answer(label, request, response) {
      const url = request.url ?? "";
      // What would stay in the browser and stand between every later page of this origin and us (Docker Desktop's pages have none).
      if (request.headers["service-worker"] !== undefined) return refuse(response, { status: 403 });
      const id = pages.idOf(label);
      if (id === undefined) return refuse(response, { status: 404 });
      // What is ours on a page's origin is for its scripts: a link or a form that leads there leads to no page.
      if (url.startsWith("/.bowsprit/") && !isNavigation(request)) {
        if (url.startsWith(servicePrefix)) return forwardService(request, response, { host, id });
        if (url === hostExecPath) return execPlain(request, response, { host, id });
        return url === clientPath ? sendClient(request, response, client) : refuse(response, { status: 404 });
      }
      const page = await pages.open(label);
      return page === undefined ? refuse(response, { status: 404 }) : files.send(page, request, response);
    },
  };
}

async function sendClient(
  request: IncomingMessage,
  response: ServerResponse,
  { script, version }: PageRoutesOptions["client"],
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, { status: 405 });
  return sendFile(request, response, {
    folder: fileURLToPath(new URL("./", script)),
    path: script.pathname.slice(script.pathname.lastIndexOf("/") + 1),
    type: "text/javascript; charset=utf-8",
    headers: [...everyAnswer, "cache-control", "no-cache"],
    version,
  });
}
