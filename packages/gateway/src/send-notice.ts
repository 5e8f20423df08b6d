import type { ServerResponse } from "node:http";
import { noticeStyle, noticeStyleSource } from "./notice-style.ts";
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

/** The ship of the dashboard. */
const mark = `<svg viewBox="0 0 64 64" aria-hidden="true"><rect width="64" height="64" rx="15" fill="#0b5fff"/>
<path d="M10 42h44l-6 10H18zM30 12v26H14z" fill="#fff"/><path d="M34 18v20h16z" fill="#9ec5ff"/>
<path d="M48 42l10-9" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`;

/** Sends a notice. It says nothing of what is here, and loads nothing; of styles its policy allows its own alone. */
export function sendNotice(response: ServerResponse, { status, title, text, dashboard }: Notice): void {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${noticeStyle}</style>
<main>
${mark}
<h1>${title}</h1>
${text}
</main>
`;
  const frames = dashboard === undefined ? "'none'" : `'self' ${dashboard}`;
  const policy = `default-src 'none'; style-src ${noticeStyleSource}; frame-ancestors ${frames}; base-uri 'none'; form-action 'none'`;
  send(response, {
    status,
    headers: [...everyAnswer, "cache-control", "no-store", "content-security-policy", policy],
    type: "text/html; charset=utf-8",
    body,
  });
}
