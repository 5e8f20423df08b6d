import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { daemonStatus, serveControl } from "@bowsprit/control";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { dashboardFolder } from "@bowsprit/dashboard";
import { type Gateway, openGateway } from "@bowsprit/gateway";
import { createHost, type Host, openInBrowser } from "@bowsprit/sdk";
import packageJson from "../package.json" with { type: "json" };
import type { CommandContext } from "./command.ts";
import { printWarning } from "./print-error.ts";
import { writeJson, writeText } from "./write-text.ts";

/** How `serve` was called. */
export interface ServeOptions extends CommandContext {
  readonly port?: number;
  readonly open: boolean;
}

/** Set for a daemon in the background: what it prints goes to a file, and no link may lie in one. */
export const backgroundVariable = "BOWSPRIT_IN_BACKGROUND";

/** Serves the home until the signal fires or somebody asks the daemon to stop; then ends everything it started. */
export async function runDaemon(options: ServeOptions): Promise<number> {
  const { home: given, json, signal } = options;
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  await using host = createHost(given === undefined ? {} : { home: given });
  await refuseSecond(host.home);
  await using _held = await host.hold({ signal });
  await using gateway = await openGateway({
    host,
    dashboard: dashboardFolder,
    ...(!isInBackground() && {
      onLinkUsed: (link) => say(json, { type: "link", url: link }, `open in another browser: ${link}`),
    }),
    ...(options.port !== undefined && { port: options.port }),
  });
  const about = () => ({ origin: gateway.origin, link: gateway.link() });
  await using _control = await serveControl({ host, version: packageJson.version, about, onStop: () => stop.abort() });
  using _place = standIn(join(host.home, "daemon"));
  void startBackends(host, { json, signal: ending });
  announce(gateway, options);
  if (!ending.aborted) await once(ending, "abort");
  return 0;
}

/** A home has one daemon: the second is told how to reach the first. */
export async function refuseSecond(home: string): Promise<void> {
  const running = await daemonStatus(home);
  if (running === undefined) return;
  throw new BowspritError(ErrorCode.HomeLocked, `serve ${home}: a daemon runs already, process ${running.pid}`, {
    details: { pid: running.pid, origin: running.origin },
    hint: "bowsprit serve --status prints a link to it, bowsprit serve --stop ends it.",
  });
}

/** An argument that names nothing where the caller stands must not name something where the daemon stands: here is nothing to name. */
function standIn(folder: string): Disposable {
  const before = process.cwd();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.chdir(folder);
  return { [Symbol.dispose]: () => process.chdir(existsSync(before) ? before : tmpdir()) };
}

function announce({ origin, port, link }: Gateway, { json, open }: ServeOptions): void {
  const url = isInBackground() ? origin : link();
  if (open) void openInBrowser(url).catch((error: unknown) => printWarning(error, json));
  say(json, { type: "ready", url, origin, port, pid: process.pid }, `ready ${url}`);
}

function isInBackground(): boolean {
  return process.env[backgroundVariable] !== undefined;
}

/** A backend that does not start is told of and keeps nothing else from running. */
async function startBackends(host: Host, { json, signal }: Pick<ServeOptions, "json" | "signal">): Promise<void> {
  const start = async (id: string): Promise<void> => {
    try {
      await host.start(id, { signal });
    } catch (error) {
      if (!signal.aborted) printWarning(error, json);
    }
  };
  const extensions = await host.list().catch(() => []);
  await Promise.all(
    extensions.filter(({ enabled, state }) => enabled && state !== "running").map(({ id }) => start(id)),
  );
}

function say(json: boolean, value: unknown, line: string): void {
  if (json) writeJson(value);
  else writeText(`${line}\n`);
}
