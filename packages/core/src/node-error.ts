import { BowspritError, type ErrorDetails } from "./bowsprit-error.ts";
import { ErrorCode } from "./error-code.ts";

const meanings: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: [ErrorCode.EndpointUnreachable, "no such file"],
  ECONNREFUSED: [ErrorCode.EndpointUnreachable, "nothing listens there"],
  ENOTSOCK: [ErrorCode.EndpointInvalid, "not a socket"],
  EADDRINUSE: [ErrorCode.EndpointInUse, "already in use"],
  EACCES: [ErrorCode.EndpointForbidden, "permission denied"],
  EPERM: [ErrorCode.EndpointForbidden, "not permitted"],
  ELOOP: [ErrorCode.EndpointForbidden, "a link where none may be"],
  ENAMETOOLONG: [ErrorCode.EndpointInvalid, "name too long"],
  EINVAL: [ErrorCode.EndpointInvalid, "not a valid address"],
  ECONNRESET: [ErrorCode.ConnectionLost, "connection reset"],
  EPIPE: [ErrorCode.ConnectionLost, "connection closed by the other side"],
  EOF: [ErrorCode.ConnectionLost, "connection closed by the other side"],
  ECONNABORTED: [ErrorCode.ConnectionLost, "connection aborted"],
  ETIMEDOUT: [ErrorCode.DeadlineExceeded, "timed out"],
  ENOSPC: [ErrorCode.HomeUnusable, "no space left on the device"],
  EROFS: [ErrorCode.HomeUnusable, "read-only file system"],
  EDQUOT: [ErrorCode.HomeUnusable, "disk quota exceeded"],
  EIO: [ErrorCode.HomeUnusable, "input/output error"],
  EMFILE: [ErrorCode.Internal, "too many open files"],
  ENFILE: [ErrorCode.Internal, "too many open files on this computer"],
};

export interface NodeErrorOptions {
  /** What was tried, as the beginning of the message: `dial unix:///run/x.sock`. */
  readonly attempt: string;
  /** Overrides of the code for this attempt: ENOENT of a program is not ENOENT of a socket. */
  readonly codes?: Readonly<Record<string, ErrorCode>>;
  readonly details?: ErrorDetails;
  readonly hint?: string;
}

/**
 * The one place where an `errno` becomes a code. Takes any thrown value and returns ours untouched; an abort becomes `ABORTED`, a
 * timeout `DEADLINE_EXCEEDED`, an unknown `errno` `INTERNAL`.
 */
export function fromNodeError(reason: unknown, options: NodeErrorOptions): BowspritError {
  if (BowspritError.is(reason)) return reason;
  const { name, code: errno, message } = describe(reason);
  const known = meanings[errno];
  const code = options.codes?.[errno] ?? codeOfName(name) ?? known?.[0] ?? ErrorCode.Internal;
  const details = { ...options.details, ...(errno !== "" && { errno }) };
  return new BowspritError(code, `${options.attempt}: ${known?.[1] ?? message}`, {
    cause: reason,
    details,
    ...(options.hint !== undefined && { hint: options.hint }),
  });
}

function codeOfName(name: string): ErrorCode | undefined {
  if (name === "AbortError") return ErrorCode.Aborted;
  if (name === "TimeoutError") return ErrorCode.DeadlineExceeded;
  return undefined;
}

function describe(reason: unknown): { name: string; code: string; message: string } {
  if (!(reason instanceof Error)) return { name: "", code: "", message: String(reason) };
  const code = "code" in reason && typeof reason.code === "string" ? reason.code : "";
  return { name: reason.name, code, message: reason.message };
}
