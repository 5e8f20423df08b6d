import type { IncomingMessage, ServerResponse } from "node:http";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Entrance } from "./create-entrance.ts";
import type { DashboardRoutes } from "./dashboard-routes.ts";
import type { Guard } from "./guard.ts";
import type { PageRoutes } from "./page-routes.ts";
import { isNavigation, redirect, refuse, sendError } from "./send.ts";
import { sendFailedPage, sendNotOpenPage, sendSignInPage } from "./notices.ts";
import type { Sites } from "./site.ts";

export interface RequestHandlerOptions {
  readonly guard: Guard;
  readonly sites: Sites;
  readonly entrance: Entrance;
  readonly dashboard: DashboardRoutes;
  readonly pages: PageRoutes;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** The one way of every request: the guard, then the entrance, then a session, then the routes of the site that is asked. */
export function createRequestHandler(options: RequestHandlerOptions): RequestHandler {
  const { guard, sites, entrance, dashboard, pages } = options;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const passage = guard.judge(request, false);
    if ("status" in passage) return refuse(response, passage);
    const { url = "", method } = request;
    const { site } = passage;
    if (site.kind === "alias") {
      const isVisit =
        method === "GET" && url === "/" && (request.headers["sec-fetch-dest"] ?? "document") === "document";
      return isVisit ? redirect(response, `${sites.dashboard.origin}/`) : refuse(response, { status: 403 });
    }
    const noSession = "noSession" in passage ? passage.noSession : undefined;
    if (method === "GET") {
      if (site.kind === "dashboard" && entrance.toDashboard(url, response, noSession === undefined)) return undefined;
      if (
        site.kind === "page" &&
        (await entrance.toPage(site.label, url, { response, hasSession: noSession === undefined }))
      )
        return undefined;
    }
    if (noSession !== undefined) {
      const forPeople = noSession.status === 401 && isNavigation(request);
      if (!forPeople) return refuse(response, noSession);
      return site.kind === "dashboard" ? sendSignInPage(response) : sendNotOpenPage(response, sites.dashboard.origin);
    }
    return site.kind === "dashboard"
      ? dashboard.answer(request, response)
      : pages.answer(site.label, request, response);
  };
  return (request, response) => {
    response.on("error", () => response.destroy());
    handle(request, response).catch((cause: unknown) => {
      if (response.headersSent) response.destroy();
      else if (isNavigation(request)) sendFailedPage(response, sites.dashboard.origin);
      // Whoever asked may be anybody: what failed inside is not for him.
      else sendError(response, new BowspritError(ErrorCode.Internal, "answer a request: it failed inside", { cause }));
    });
  };
}
