import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { pageScript } from "@bowsprit/client";
import { cookieName } from "./check-session.ts";
import { createEntrance } from "./create-entrance.ts";
import { createDashboardRoutes } from "./dashboard-routes.ts";
import type { Gateway, GatewayOptions } from "./gateway.ts";
import { createGuard } from "./guard.ts";
import { createRequestHandler } from "./handle-request.ts";
import { createUpgradeHandler } from "./handle-upgrade.ts";
import { createKeptPort } from "./kept-port.ts";
import { listenLoopback, type LoopbackListener } from "./listen-loopback.ts";
import { createPageFiles } from "./page-files.ts";
import { createPageRoutes } from "./page-routes.ts";
import { createPages } from "./pages.ts";
import { dashboardAnswer } from "./security-headers.ts";
import { createSessions } from "./sessions.ts";
import { createSites } from "./site.ts";
import { listStaticFiles, type StaticFiles } from "./static-files.ts";
import { unreadable } from "./unreadable.ts";

/**
 * Opens the web server of a host: its dashboard, and a page of its own origin for each extension (ADR 0010). Resolves when it answers.
 * @throws BowspritError `ENDPOINT_IN_USE` for a port that is taken, `ENDPOINT_FORBIDDEN`, `HOME_UNUSABLE`, `SOURCE_NOT_FOUND` for files
 * that are not there.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { dashboard, clientScript = pageScript } = options;
  const files = dashboard === undefined ? undefined : await listStaticFiles(dashboard);
  const version = await digestOf(clientScript);
  const listener = await listen(options);
  const closing = new AbortController();
  try {
    return await serve({ ...options, files, listener, closing, client: { script: clientScript, version } });
  } catch (error) {
    closing.abort();
    await listener[Symbol.asyncDispose]();
    throw error;
  }
}

interface ServeOptions extends GatewayOptions {
  readonly listener: LoopbackListener;
  readonly closing: AbortController;
  readonly files: StaticFiles | undefined;
  readonly client: { readonly script: URL; readonly version: string };
}

async function serve({ host, listener, closing, files, client, onLinkUsed }: ServeOptions): Promise<Gateway> {
  const { port } = listener;
  const sessions = createSessions();
  const pages = createPages({ host, signal: closing.signal, onGone: (label) => sessions.end(label) });
  await pages.ready;
  const sites = createSites({ port, hasPage: (label) => pages.has(label) });
  const { origin, host: name } = sites.dashboard;
  const link = (): string => `${origin}/?token=${sessions.createToken()}`;
  const guard = createGuard({ sites, sessions, cookie: cookieName(port) });
  const upgrade = createUpgradeHandler({ guard, host, pages });
  const handler = createRequestHandler({
    guard,
    sites,
    entrance: createEntrance({ port, dashboard: origin, sessions, pages, onLinkUsed: () => onLinkUsed?.(link()) }),
    dashboard: createDashboardRoutes({
      host,
      pages,
      sites,
      sessions,
      files,
      fileHeaders: dashboardAnswer({ host: name }),
    }),
    pages: createPageRoutes({
      host,
      pages,
      client,
      files: createPageFiles({ dashboard: origin, clientVersion: client.version }),
    }),
  });
  listener.serve(handler, upgrade.handle);
  return {
    origin,
    port,
    link,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await upgrade[Symbol.asyncDispose]();
      await listener[Symbol.asyncDispose]();
    },
  };
}

async function listen({ host, port }: GatewayOptions): Promise<LoopbackListener> {
  if (port === 0) return listenLoopback(0);
  const kept = createKeptPort(host.home);
  const listener = await listenLoopback(port ?? (await kept.read()) ?? 0);
  try {
    await kept.write(listener.port);
    return listener;
  } catch (error) {
    await listener[Symbol.asyncDispose]();
    throw error;
  }
}

async function digestOf(script: URL): Promise<string> {
  const path = fileURLToPath(script);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
