import type { ServerResponse } from "node:http";
import { cookieFor } from "./check-session.ts";
import type { Pages } from "./pages.ts";
import { redirect } from "./send.ts";
import { sendOpeningPage } from "./send-opening-page.ts";
import type { Sessions } from "./sessions.ts";
import { sendNotOpenPage, sendSignInPage } from "./notices.ts";

const tokenPattern = /^\/\?token=([\w-]{43})$/u;
const ticketPattern = /^\/\.bowsprit\/enter\?ticket=([\w-]{43})$/u;

export interface EntranceOptions {
  readonly port: number;
  /** The exact origin of the dashboard. */
  readonly dashboard: string;
  readonly sessions: Sessions;
  readonly pages: Pages;
  /** Told when a link was used. */
  readonly onLinkUsed: () => void;
}

/** Where a browser comes in: it trades what its address holds for a cookie, and is sent on to an address that holds nothing. */
export interface Entrance {
  /** Answers if the request is for the entrance of the dashboard. */
  toDashboard(url: string, response: ServerResponse, hasSession: boolean): boolean;
  /** Answers if the request is for the entrance of a page. */
  toPage(label: string, url: string, visit: PageVisit): Promise<boolean>;
}

/** Somebody at the entrance of a page. */
export interface PageVisit {
  readonly response: ServerResponse;
  /** Whether his browser has a session there already. */
  readonly hasSession: boolean;
}

export function createEntrance({ port, dashboard, sessions, pages, onLinkUsed }: EntranceOptions): Entrance {
  return {
    toDashboard(url, response, hasSession) {
      const [, token] = tokenPattern.exec(url) ?? [];
      if (token === undefined) return false;
      // Whoever is in already leaves the token to another browser.
      const secret = hasSession ? undefined : sessions.tradeToken(token);
      if (hasSession) redirect(response, "/");
      else if (secret === undefined) sendSignInPage(response);
      else {
        redirect(response, "/", ["set-cookie", cookieFor(port, secret)]);
        onLinkUsed();
      }
      return true;
    },
    async toPage(label, url, { response, hasSession }) {
      const [, ticket] = ticketPattern.exec(url) ?? [];
      if (ticket === undefined) return false;
      const isGood = sessions.takeTicket(label, ticket);
      const page = isGood || hasSession ? await pages.open(label).catch(() => undefined) : undefined;
      if (page === undefined) sendNotOpenPage(response, dashboard);
      // A browser has one session of a page, however often the page is opened.
      else if (hasSession) sendOpeningPage(page, response, { dashboard });
      else sendOpeningPage(page, response, { dashboard, cookie: cookieFor(port, sessions.open(label)) });
      return true;
    },
  };
}
