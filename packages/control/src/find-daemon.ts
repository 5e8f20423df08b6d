import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DaemonRecord, parseDaemonRecord } from "./daemon-record.ts";

/** The file in which a daemon says of itself where it is. */
export function daemonFile(home: string): string {
  return join(home, "daemon.json");
}

/** The socket of a home's daemon, where there are sockets. */
export function controlSocket(home: string): string {
  return join(home, "daemon", "control.sock");
}

/**
 * What the daemon of a home says of itself; undefined where there is none. Costs one small file and is all that a command pays where no
 * daemon runs. One that was killed leaves its file: whether it answers, dialling tells.
 */
export async function findDaemon(home: string): Promise<DaemonRecord | undefined> {
  try {
    // What reads without a thread is also what every command has loaded already.
    return parseDaemonRecord(readFileSync(daemonFile(home), "utf8"));
  } catch {
    return undefined;
  }
}
