import type { ServerResponse } from "node:http";
import type { ExtensionPage } from "@bowsprit/sdk";
import { escapeAttribute } from "./escape-attribute.ts";
import { everyAnswer } from "./security-headers.ts";
import { send } from "./send.ts";

export interface OpeningPageOptions {
  /** The session's cookie, for `Set-Cookie`; none for a browser that has it. */
  readonly cookie?: string;
  /** The exact origin of the dashboard. */
  readonly dashboard: string;
}

/**
 * Gives a page its cookie and sends the browser on to the page's first file, by a document and not by a redirect: after one, Firefox 153
 * says of the navigation of a frame that it comes from another site, and the guard would have to believe it.
 */
export function sendOpeningPage(
  page: ExtensionPage,
  response: ServerResponse,
  { cookie, dashboard }: OpeningPageOptions,
): void {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url=/${escapeAttribute(page.entry)}">
<title>Opening</title>
`;
  send(response, {
    status: 200,
    headers: [
      ...everyAnswer,
      "cache-control",
      "no-store",
      "content-security-policy",
      `default-src 'none'; frame-ancestors ${dashboard}`,
      ...(cookie === undefined ? [] : ["set-cookie", cookie]),
    ],
    type: "text/html; charset=utf-8",
    body,
  });
}
