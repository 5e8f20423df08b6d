import { BowspritError, ErrorCode } from "@bowsprit/core";

type Meaning = readonly [ErrorCode, string, hint?: string];

const certificateHint =
  "If the registry's certificate is of your own authority, name its file in NODE_EXTRA_CA_CERTS before the program starts.";

const meanings: Readonly<Record<string, Meaning>> = {
  UND_ERR_CONNECT_TIMEOUT: [ErrorCode.DeadlineExceeded, "no connection in time"],
  UND_ERR_HEADERS_TIMEOUT: [ErrorCode.DeadlineExceeded, "no answer in time"],
  UND_ERR_BODY_TIMEOUT: [ErrorCode.DeadlineExceeded, "the answer stood still for too long"],
  UND_ERR_HEADERS_OVERFLOW: [ErrorCode.MessageTooLarge, "the headers of the answer are over 16 KiB"],
  UND_ERR_SOCKET: [ErrorCode.ConnectionLost, "the connection was cut"],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: [ErrorCode.ConnectionLost, "the connection was cut"],
  UND_ERR_INFO: [ErrorCode.ConnectionLost, "the connection was cut"],
  HPE_INVALID_EOF_STATE: [ErrorCode.ConnectionLost, "the connection was cut"],
  ECONNRESET: [ErrorCode.ConnectionLost, "the connection was cut"],
  EPIPE: [ErrorCode.ConnectionLost, "the connection was cut"],
  ECONNREFUSED: [ErrorCode.EndpointUnreachable, "nothing listens there"],
  ENOTFOUND: [ErrorCode.EndpointUnreachable, "no such host"],
  EAI_AGAIN: [ErrorCode.EndpointUnreachable, "the name of the host cannot be looked up"],
  EHOSTUNREACH: [ErrorCode.EndpointUnreachable, "there is no way to it"],
  ENETUNREACH: [ErrorCode.EndpointUnreachable, "there is no way to it"],
  ETIMEDOUT: [ErrorCode.DeadlineExceeded, "no connection in time"],
};

/** The one place where a failed exchange with a registry becomes ours. `CONNECTION_LOST` is a GET that may be repeated. */
export function fromWireError(reason: unknown, attempt: string, signal: AbortSignal): BowspritError {
  if (signal.aborted) return aborted(attempt, signal);
  if (BowspritError.is(reason)) return reason;
  const errno = codeOf(reason);
  const [code, why, hint] = meanings[errno] ?? meaningOf(errno);
  return new BowspritError(code, `${attempt}: ${why}`, {
    cause: reason,
    details: { errno },
    ...(hint !== undefined && { hint }),
  });
}

/** What the end of a call by its signal is: `ABORTED`, or `DEADLINE_EXCEEDED` where a timeout ended it. */
export function aborted(attempt: string, { reason }: AbortSignal): BowspritError {
  const isTimeout = reason instanceof Error && reason.name === "TimeoutError";
  const code = isTimeout ? ErrorCode.DeadlineExceeded : ErrorCode.Aborted;
  return new BowspritError(code, `${attempt}: ${isTimeout ? "not done in time" : "aborted"}`, { cause: reason });
}

/** True where TLS was tried and the other side does not speak it, or nothing listens at the port that TLS has by default. */
export function isWithoutTls(error: unknown): boolean {
  return (
    BowspritError.is(error) &&
    /^(?:ERR_SSL_|EPROTO|ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET)/u.test(String(error.details["errno"]))
  );
}

function meaningOf(errno: string): Meaning {
  if (errno.startsWith("HPE_")) return [ErrorCode.MessageMalformed, "the answer is not HTTP"];
  if (errno.startsWith("ERR_SSL_") || errno === "EPROTO")
    return [ErrorCode.EndpointUnreachable, "it does not speak TLS"];
  if (/CERT|ALTNAME|SIGNATURE/u.test(errno))
    return [ErrorCode.EndpointUnreachable, "its certificate is not trusted", certificateHint];
  return [ErrorCode.EndpointUnreachable, "it cannot be reached"];
}

function codeOf(reason: unknown): string {
  return reason instanceof Error && "code" in reason && typeof reason.code === "string" ? reason.code : "";
}
