import { BowspritError, ErrorCode, isJsonObject } from "@bowsprit/core";
import { openDaemonLink } from "./daemon-link.ts";

/** What a running daemon says of itself. */
export interface DaemonStatus {
  readonly pid: number;
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly version: string;
  /** Where its gateway answers. */
  readonly origin: string;
  /** An address that signs one browser in, once. */
  readonly link: string;
}

/**
 * Asks the daemon of a home how it is; undefined where none answers.
 * @throws BowspritError `ENDPOINT_FORBIDDEN`, `DEADLINE_EXCEEDED`, `MESSAGE_MALFORMED` for an answer of another version.
 */
export async function daemonStatus(home: string): Promise<DaemonStatus | undefined> {
  await using link = await openDaemonLink(home);
  if (link === undefined) return undefined;
  const status = await link.call("status", {}, { signal: AbortSignal.timeout(5000) }).catch((error: unknown) => {
    // It was on its way out.
    if (BowspritError.is(error, ErrorCode.ConnectionLost)) return undefined;
    throw error;
  });
  return status === undefined ? undefined : parseStatus(status);
}

function parseStatus(value: unknown): DaemonStatus {
  const { pid, since, version, origin, link } = isJsonObject(value) ? value : {};
  const isText = (text: unknown): text is string => typeof text === "string";
  if (typeof pid === "number" && isText(since) && isText(version) && isText(origin) && isText(link))
    return { pid, since, version, origin, link };
  throw new BowspritError(ErrorCode.MessageMalformed, "read the status of the daemon: it is of another version", {
    hint: "Stop it with the version that started it.",
  });
}
