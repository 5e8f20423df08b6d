import type { ServerResponse } from "node:http";
import { everyAnswer } from "./security-headers.ts";
import { send } from "./send.ts";

/** A page that tells a person what is the matter. */
export interface Notice {
  readonly status: 401 | 404 | 405 | 500;
  readonly title: string;
  /** HTML of ours: nothing that came from anywhere else. */
  readonly text: string;
  /** On a page's origin, the exact origin of the dashboard: it and the page may have the notice in a frame. The default is no frame. */
  readonly dashboard?: string;
}

/** Sends a notice. It says nothing of what is here, and loads nothing. */
export function sendNotice(response: ServerResponse, { status, title, text, dashboard }: Notice): void {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<h1>${title}</h1>
${text}
`;
  const frames = dashboard === undefined ? "'none'" : `'self' ${dashboard}`;
  const policy = `default-src 'none'; frame-ancestors ${frames}; base-uri 'none'; form-action 'none'`;
  send(response, {
    status,
    headers: [...everyAnswer, "cache-control", "no-store", "content-security-policy", policy],
    type: "text/html; charset=utf-8",
    body,
  });
}
