import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";

/** What was under way when the HTTP client of Node failed. */
export interface HttpErrorOptions {
  /** What was tried, as the beginning of the message. */
  readonly attempt: string;
  /** Whether the status line and the headers had arrived. */
  readonly answered: boolean;
}

/** The bytes that the head of an answer may have, as undici's default on the pool. */
export const maxHeadBytes: number = 16 * 1024;

/** The one place where an error of `node:http` becomes ours, with the codes that undici's errors get. Ours stays untouched. */
export function fromHttpError(reason: unknown, { attempt, answered }: HttpErrorOptions): BowspritError {
  if (BowspritError.is(reason)) return reason;
  const code = reason instanceof Error && "code" in reason ? String(reason.code) : "";
  const [meaning, why] = meaningOf(code, answered);
  if (meaning === undefined) return fromNodeError(reason, { attempt });
  return new BowspritError(meaning, `${attempt}: ${why}`, { cause: reason });
}

function meaningOf(code: string, answered: boolean): readonly [ErrorCode | undefined, string] {
  if (code === "HPE_HEADER_OVERFLOW") return [ErrorCode.MessageTooLarge, "the headers of the answer are over 16 KiB"];
  if (code === "ECONNRESET" || code === "EPIPE" || code === "EOF")
    return [
      ErrorCode.ConnectionLost,
      `the backend closed the connection ${answered ? "in the middle of" : "before"} its answer`,
    ];
  if (code.startsWith("HPE_")) return [ErrorCode.MessageMalformed, "the backend sent what is not HTTP"];
  return [undefined, ""];
}
