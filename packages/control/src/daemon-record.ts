import { isJsonObject } from "@bowsprit/core";
import { parseJson } from "./parse-json.ts";

/** What a running daemon says of itself in `daemon.json` of its home, a file that only its user can read. */
export interface DaemonRecord {
  readonly format: 1;
  readonly pid: number;
  /** Tells the process from a later one of the same id; null where the system does not say. */
  readonly started: string | null;
  /** Where it listens: `unix:///…` or `npipe://…`. */
  readonly address: string;
  /** Shared by the daemon and by whoever can read the file, and new for each daemon. */
  readonly secret: string;
  /** Of the program. */
  readonly version: string;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/** The record in a text; undefined for any other text, such as that of a later format. */
export function parseDaemonRecord(text: string): DaemonRecord | undefined {
  const value = parseJson(text);
  if (!isJsonObject(value)) return undefined;
  const { format, pid, started, address, secret, version, since } = value;
  if (format !== 1 || typeof pid !== "number" || (started !== null && typeof started !== "string")) return undefined;
  if (typeof address !== "string" || typeof secret !== "string" || secret.length < 43) return undefined;
  if (typeof version !== "string" || typeof since !== "string") return undefined;
  return { format, pid, started, address, secret, version, since };
}
