import { BowspritError, ErrorCode } from "@bowsprit/core";

/** The failure of a call whose daemon went away; `attempt` begins the message. */
export function daemonLost(attempt: string, cause?: unknown): BowspritError {
  return new BowspritError(ErrorCode.ConnectionLost, `${attempt}: the daemon closed the connection`, {
    cause,
    hint: "bowsprit serve --status says whether it still runs.",
  });
}

/** Says of an error on the way to the daemon that it was the daemon that went away, whatever the carrier called it. */
export function asDaemonLost(error: unknown, attempt: string): unknown {
  const isLost =
    BowspritError.is(error, ErrorCode.ConnectionLost) || BowspritError.is(error, ErrorCode.EndpointUnreachable);
  return isLost ? daemonLost(attempt, error) : error;
}
