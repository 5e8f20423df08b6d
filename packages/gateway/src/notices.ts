import type { ServerResponse } from "node:http";
import { escapeAttribute } from "./escape-attribute.ts";
import { sendNotice } from "./send-notice.ts";

/** What a browser without a session of the dashboard is told. */
export function sendSignInPage(response: ServerResponse): void {
  sendNotice(response, {
    status: 401,
    title: "This browser is not signed in",
    text: `<p>Bowsprit runs here, and a link from its terminal opens it. Each link works once, in one browser.</p>
<p>For a new one run this in a terminal:</p>
<pre>bowsprit serve --status</pre>
<p>If this browser was signed in before: <a href="/">open the dashboard</a>.</p>`,
  });
}

/** What a browser without a session of a page is told, in the dashboard's frame or by itself. */
export function sendNotOpenPage(response: ServerResponse, dashboard: string): void {
  sendNotice(response, {
    status: 401,
    title: "This page is not open",
    // In the dashboard's frame a link may open a tab, but lead nowhere else.
    text: `<p>Its session has ended. Open the extension again from
<a href="${escapeAttribute(dashboard)}/" target="_blank">the Bowsprit dashboard</a>.</p>`,
    dashboard,
  });
}

/** What a person is told when we failed. */
export function sendFailedPage(response: ServerResponse, dashboard: string): void {
  sendNotice(response, {
    status: 500,
    title: "This page cannot be shown",
    text: "<p>Something failed inside Bowsprit. Go back and try it again.</p>",
    dashboard,
  });
}
