import { daemonStatus, type DaemonStatus, stopDaemon } from "@bowsprit/control";
import { createHost } from "@bowsprit/sdk";
import type { CommandContext } from "./command.ts";
import { writeJson, writeText } from "./write-text.ts";

/** Prints how the daemon of the home is, with a fresh link as the last line; 1 where none runs. */
export async function showStatus({ home: given, json }: CommandContext): Promise<number> {
  const { home } = createHost(given === undefined ? {} : { home: given });
  const status = await daemonStatus(home);
  if (status === undefined) {
    if (json) writeJson({ running: false });
    else writeText("not running\n");
    return 1;
  }
  const { pid, since, version, origin, link } = status;
  if (json) writeJson({ running: true, pid, since, version, origin, port: portOf(status), url: link });
  else writeText(`running as process ${pid} since ${since}\nat ${origin}\nready ${link}\n`);
  return 0;
}

/** Ends the daemon of the home and waits until it is gone; 1 where none runs. */
export async function stopRunning({ home: given, json, signal }: CommandContext): Promise<number> {
  const { home } = createHost(given === undefined ? {} : { home: given });
  const pid = await stopDaemon(home, { signal });
  if (json) writeJson(pid === undefined ? { stopped: false } : { stopped: true, pid });
  else writeText(pid === undefined ? "not running\n" : `stopped process ${pid}\n`);
  return pid === undefined ? 1 : 0;
}

/** The port of a daemon's gateway. */
export function portOf({ origin }: Pick<DaemonStatus, "origin">): number {
  const { port } = new URL(origin);
  return port === "" ? 80 : Number(port);
}
