import type { IncomingMessage, ServerResponse } from "node:http";
import type { ExtensionPage } from "@bowsprit/sdk";
import { clientElement } from "./client-element.ts";
import { escapeAttribute } from "./escape-attribute.ts";
import { injectFirst } from "./inject-first.ts";
import { mediaTypeOf } from "./media-type-of.ts";
import { everyAnswer, pageAnswer } from "./security-headers.ts";
import { isNavigation, refuse, send } from "./send.ts";
import { sendNotice } from "./send-notice.ts";
import { sendFile } from "./send-file.ts";

const editable = /^text\/html\b/u;

export interface PageFilesOptions {
  /** The exact origin of the dashboard. */
  readonly dashboard: string;
  /** Names the state of the client that documents are given. */
  readonly clientVersion: string;
}

export interface PageFiles {
  /** Sends what a path of a page's origin names: a file of the page's own list, or nothing. */
  send(page: ExtensionPage, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Serves the files of pages. What a path means is looked up in a list, so that no spelling of it leads anywhere else (H34). */
export function createPageFiles({ dashboard, clientVersion }: PageFilesOptions): PageFiles {
  const lists = new WeakMap<ExtensionPage, ReadonlySet<string>>();
  const listOf = (page: ExtensionPage): ReadonlySet<string> => {
    const known = lists.get(page) ?? new Set(page.files);
    lists.set(page, known);
    return known;
  };
  return {
    async send(page, request, response) {
      const isRead = request.method === "GET" || request.method === "HEAD";
      if (!isRead) return turnAway(405, page, { request, response, dashboard });
      const name = decodePath(request.url ?? "");
      if (name === "") return toEntry(page, response);
      const path = name === undefined ? undefined : findFile(listOf(page), name);
      if (path === undefined) return turnAway(404, page, { request, response, dashboard });
      const type = mediaTypeOf(path);
      const element = editable.test(type) ? clientElement(page, dashboard) : undefined;
      await sendFile(request, response, {
        folder: page.folder,
        path,
        type,
        headers: [...pageAnswer(dashboard), "cache-control", "no-cache"],
        version: `${page.digest.slice(-16)}-${clientVersion}`,
        ...(element !== undefined && { edit: (bytes) => injectFirst(bytes, element) }),
      });
    },
  };
}

/** Where a page begins, for a browser that comes to its origin. */
function toEntry(page: ExtensionPage, response: ServerResponse): void {
  send(response, {
    status: 303,
    headers: [...everyAnswer, "location", `/${page.entry}`, "cache-control", "no-store"],
  });
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The exact origin of the dashboard. */
  readonly dashboard: string;
}

const notices = {
  404: { title: "There is no such page", why: "The extension has no file of this name." },
  405: { title: "Nothing can be sent to a page", why: "What the page sent, by a form perhaps, went nowhere." },
} as const;

/** A person who comes to an address that is none, by a router's reload say, finds the way back; a program gets a word. */
function turnAway(status: keyof typeof notices, page: ExtensionPage, { request, response, dashboard }: Asked): void {
  if (!isNavigation(request)) return refuse(response, { status });
  const { title, why } = notices[status];
  const text = `<p>${why} <a href="${escapeAttribute(`/${page.entry}`)}">Go to its first page</a>.</p>`;
  sendNotice(response, { status, title, text, dashboard });
}

function findFile(files: ReadonlySet<string>, name: string): string | undefined {
  if (files.has(name)) return name;
  return name.endsWith("/") && files.has(`${name}index.html`) ? `${name}index.html` : undefined;
}

/** The path without its query, decoded once; undefined for what is not UTF-8, and so names no file. */
function decodePath(url: string): string | undefined {
  const [path = ""] = url.split("?", 1);
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return undefined;
  }
}
