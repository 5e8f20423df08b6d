import type { ServerResponse } from "node:http";
import { cookieFor } from "./check-session.ts";
import type { Pages } from "./pages.ts";
import { redirect } from "./send.ts";
import { sendOpeningPage } from "./send-opening-page.ts";
import type { Sessions } from "./sessions.ts";
import { sendSignInPage } from "./sign-in-page.ts";

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
  toPage(label: string, url: string, response: ServerResponse): Promise<boolean>;
}

export function createEntrance({ port, dashboard, sessions, pages, onLinkUsed }: EntranceOptions): Entrance {
  return {
    toDashboard(url, response, hasSession) {
      const [, token] = tokenPattern.exec(url) ?? [];
      if (token === undefined) return false;
      // Whoever is in already leaves the token to another browser.
      const secret = hasSession ? undefined : sessions.tradeToken(token);
      if (hasSession) redirect(response, "/");
      else if (secret === undefined) sendSignInPage(response, true);
      else {
        redirect(response, "/", ["set-cookie", cookieFor(port, secret)]);
        onLinkUsed();
      }
      return true;
    },
    async toPage(label, url, response) {
      const [, ticket] = ticketPattern.exec(url) ?? [];
      if (ticket === undefined) return false;
      const secret = sessions.tradeTicket(label, ticket);
      const page = secret === undefined ? undefined : await pages.open(label).catch(() => undefined);
      if (secret === undefined || page === undefined) sendSignInPage(response, false);
      else sendOpeningPage(page, response, { cookie: cookieFor(port, secret), dashboard });
      return true;
    },
  };
}
