import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { daemonStatus, type DaemonStatus } from "@bowsprit/control";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createHost, type DetachedProcess, openInBrowser, startDetached } from "@bowsprit/sdk";
import { portOf } from "./ask-daemon.ts";
import { printWarning } from "./print-error.ts";
import { backgroundVariable, refuseSecond, type ServeOptions } from "./run-daemon.ts";
import { writeJson, writeText } from "./write-text.ts";

/** A daemon that has not answered by then will not. */
const patienceMs = 30_000;
const pollMs = 50;

/** Starts the daemon in a process of its own and waits until it answers, or tells the last it said where it ended instead. */
export async function detachDaemon(options: ServeOptions): Promise<number> {
  const { home, log } = await prepare(options);
  const begin = await sizeOf(log);
  const argv = [process.execPath, process.argv[1] ?? "", "--home", home, "serve"] as const;
  const port = options.port === undefined ? [] : ["--port", String(options.port)];
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const child = await startDetached({
    argv: [...argv, ...port],
    cwd: home,
    env: { ...env, [backgroundVariable]: "1" },
    logFile: log,
  });
  const status = await answered(home, child, options.signal);
  if (status === undefined) throw ended(home, { log, said: await textFrom(log, begin) });
  const { pid, origin, link: url } = status;
  if (options.json) writeJson({ type: "ready", url, origin, port: portOf(status), pid });
  else writeText(`ready ${url}\n`);
  if (options.open) await openInBrowser(url).catch((error: unknown) => printWarning(error, options.json));
  return 0;
}

/** Takes the home for a moment: what would keep the daemon from it is told here, and the folder is there afterwards. */
async function prepare({
  home: given,
  signal,
}: ServeOptions): Promise<{ readonly home: string; readonly log: string }> {
  await using host = createHost(given === undefined ? {} : { home: given });
  const { home } = host;
  await refuseSecond(home);
  await using _held = await host.hold({ signal });
  const folder = join(home, "logs");
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  return { home, log: join(folder, "daemon.log") };
}

/** What the daemon says once it answers; undefined where its process has ended before. */
async function answered(home: string, child: DetachedProcess, signal: AbortSignal): Promise<DaemonStatus | undefined> {
  let isOver = false;
  void child.ended.then(() => (isOver = true));
  const deadline = performance.now() + patienceMs;
  while (!isOver) {
    const status = await daemonStatus(home);
    if (status?.pid === child.pid) return status;
    if (signal.aborted || performance.now() > deadline) throw notYet(home, child.pid, signal);
    await delay(pollMs);
  }
  return undefined;
}

function notYet(home: string, pid: number, signal: AbortSignal): BowspritError {
  const code = signal.aborted ? ErrorCode.Aborted : ErrorCode.DeadlineExceeded;
  return new BowspritError(code, `start the daemon of ${home}: it does not answer yet`, {
    details: { pid },
    hint: `It goes on as process ${pid}; bowsprit serve --status says when it answers.`,
  });
}

function ended(home: string, { log, said }: { readonly log: string; readonly said: string }): BowspritError {
  const lines = said.split("\n").filter((line) => line !== "");
  const error = lines.findLast((line) => line.startsWith("error: "))?.slice("error: ".length);
  const hint = lines.findLast((line) => line.startsWith("hint: "))?.slice("hint: ".length);
  const why = error ?? (lines.slice(-3).join(" ") || "it said nothing");
  return new BowspritError(ErrorCode.ExecFailed, `start the daemon of ${home}: it ended at once: ${why}`, {
    hint: hint ?? `All that it said is in ${log}.`,
  });
}

async function sizeOf(log: string): Promise<number> {
  return (await textFrom(log, 0)).length;
}

async function textFrom(log: string, begin: number): Promise<string> {
  try {
    await using file = await open(log);
    return (await file.readFile("utf8")).slice(begin);
  } catch {
    return "";
  }
}
