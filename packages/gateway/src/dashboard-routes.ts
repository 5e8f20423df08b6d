import type { IncomingMessage, ServerResponse } from "node:http";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { type Host, matchVerb, methodsOf, readJsonBody } from "@bowsprit/sdk";
import { isJson } from "./is-json.ts";
import { mediaTypeOf } from "./media-type-of.ts";
import type { Pages } from "./pages.ts";
import { everyAnswer } from "./security-headers.ts";
import { refuse, send, sendError, sendJson } from "./send.ts";
import { sendFile } from "./send-file.ts";
import type { Sessions } from "./sessions.ts";
import type { Sites } from "./site.ts";
import type { StaticFiles } from "./static-files.ts";

const api = "/api";

export interface DashboardRoutesOptions {
  readonly host: Host;
  readonly pages: Pages;
  readonly sites: Sites;
  readonly sessions: Sessions;
  readonly files: StaticFiles | undefined;
  /** On the dashboard's own files. */
  readonly fileHeaders: readonly string[];
}

export interface DashboardRoutes {
  /** Answers a request of somebody who has a session of the dashboard. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** The routes of the dashboard's origin: the verbs of the host, the opening of a page, icons, and the dashboard's files. */
export function createDashboardRoutes(options: DashboardRoutesOptions): DashboardRoutes {
  return {
    async answer(request, response) {
      const url = request.url ?? "";
      if (!url.startsWith(`${api}/`)) return answerFile(request, response, options);
      const target = url.slice(api.length);
      const [, icon] = /^\/icons\/([\w.:@-]+)(?:\?.*)?$/u.exec(target) ?? [];
      if (icon !== undefined) return answerIcon(request, response, { id: icon, host: options.host });
      return answerVerb(request, response, { ...options, target });
    },
  };
}

interface VerbQuestion extends DashboardRoutesOptions {
  readonly target: string;
}

async function answerVerb(
  request: IncomingMessage,
  response: ServerResponse,
  { target, host, pages, sites, sessions }: VerbQuestion,
): Promise<void> {
  const { method = "" } = request;
  const [, opened] = /^\/extensions\/([\w.:@-]+)\/open$/u.exec(target) ?? [];
  const match = matchVerb(method, target);
  if (match === undefined && (opened === undefined || method !== "POST")) {
    const isKnown = opened !== undefined || methodsOf(target).length > 0;
    return refuse(response, { status: isKnown ? 405 : 404 });
  }
  if (method === "POST" && !isJson(request)) return refuse(response, { status: 415 });
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const body = await readJsonBody(request);
    if (match !== undefined) {
      sendJson(response, await match.run(host, body, { signal: gone.signal }));
    } else sendJson(response, { url: await openPage(opened ?? "", { host, pages, sites, sessions }) });
  } catch (error) {
    if (!response.destroyed) sendError(response, error);
  }
}

/** A place of its own for the extension's page, which a ticket opens once. */
async function openPage(
  argument: string,
  { host, pages, sites, sessions }: Pick<VerbQuestion, "host" | "pages" | "sites" | "sessions">,
): Promise<string> {
  const page = await host.page(argument);
  if (page === null) {
    throw new BowspritError(ErrorCode.Unsupported, `open ${argument}: it has no page`, {
      hint: "Its backend and its executables can be used without one.",
    });
  }
  const label = await pages.labelOf(page.id);
  return `${sites.page(label).origin}/.bowsprit/enter?ticket=${sessions.createTicket(label)}`;
}

async function answerIcon(
  request: IncomingMessage,
  response: ServerResponse,
  { id, host }: { readonly id: string; readonly host: Host },
): Promise<void> {
  if (request.method !== "GET") return refuse(response, { status: 405 });
  const details = await host.get(id).catch(() => undefined);
  const { icon = null, folder = null, digest = null } = details ?? {};
  if (details === undefined) return refuse(response, { status: 404 });
  // An extension without an icon is none the worse for it: nothing, and no error in anybody's console.
  if (icon === null || folder === null) return send(response, { status: 204 });
  const path = icon.slice(folder.length + 1);
  const type = mediaTypeOf(path);
  if (!type.startsWith("image/")) return refuse(response, { status: 404 });
  // A drawing may hold a script; as a picture it never runs, and opened by itself it is in a sandbox (M34).
  return sendFile(request, response, { folder, path, type, version: `${digest}`, headers: iconHeaders });
}

const iconHeaders = [
  ...everyAnswer,
  "cache-control",
  "no-cache",
  "content-security-policy",
  "default-src 'none'; style-src 'unsafe-inline'; sandbox",
];

async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  { files, fileHeaders }: DashboardRoutesOptions,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, { status: 405 });
  const [path = ""] = (request.url ?? "").slice(1).split("?", 1);
  const name = path === "" ? "index.html" : path;
  if (files?.paths.has(name) !== true) return refuse(response, { status: 404 });
  const { folder, version } = files;
  return sendFile(request, response, { folder, path: name, type: mediaTypeOf(name), headers: fileHeaders, version });
}
