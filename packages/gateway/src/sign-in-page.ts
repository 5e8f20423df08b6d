import type { ServerResponse } from "node:http";
import { everyAnswer } from "./security-headers.ts";
import { send } from "./send.ts";

/** What a browser without a session is told, as a page that a person can read. It says nothing of what is here. */
export function sendSignInPage(response: ServerResponse, isDashboard: boolean): void {
  const [title, text] = isDashboard ? dashboardTexts : pageTexts;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<h1>${title}</h1>
${text}
`;
  const policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  send(response, {
    status: 401,
    headers: [...everyAnswer, "cache-control", "no-store", "content-security-policy", policy],
    type: "text/html; charset=utf-8",
    body,
  });
}

const dashboardTexts = [
  "This browser is not signed in",
  `<p>Bowsprit runs here, and a link from its terminal opens it. Each link works once, in one browser.</p>
<p>For a new one run <code>bowsprit serve --status</code>.</p>
<p>If this browser was signed in before: <a href="/">open the dashboard</a>.</p>`,
] as const;

const pageTexts = [
  "This page is not open",
  "<p>Its session has ended. Open the extension again from the Bowsprit dashboard.</p>",
] as const;
