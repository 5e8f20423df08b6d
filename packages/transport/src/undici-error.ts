import { BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";

/** What was under way when undici failed. */
export interface UndiciErrorOptions {
  /** What was tried, as the beginning of the message. */
  readonly attempt: string;
  /** Whether the status line and the headers had arrived. */
  readonly answered: boolean;
}

type Meaning = readonly [ErrorCode, string];

const meanings: Readonly<Record<string, Meaning>> = {
  UND_ERR_HEADERS_TIMEOUT: [ErrorCode.DeadlineExceeded, "the backend did not answer in time"],
  UND_ERR_BODY_TIMEOUT: [ErrorCode.DeadlineExceeded, "the backend stopped in the middle of its answer"],
  UND_ERR_HEADERS_OVERFLOW: [ErrorCode.MessageTooLarge, "the headers of the answer are over 16 KiB"],
  UND_ERR_INVALID_ARG: [ErrorCode.InvalidArgument, "not a request that can be sent"],
  UND_ERR_NOT_SUPPORTED: [ErrorCode.InvalidArgument, "not a request that can be sent"],
  UND_ERR_ABORTED: [ErrorCode.Aborted, "the body of the request ended before its end"],
  UND_ERR_DESTROYED: [ErrorCode.Aborted, "the client is closed"],
  UND_ERR_CLOSED: [ErrorCode.Aborted, "the client is closed"],
};

/** The one place where an error of undici becomes ours. Ours, such as a dialer's, stays untouched. */
export function fromUndiciError(reason: unknown, { attempt, answered }: UndiciErrorOptions): BowspritError {
  if (BowspritError.is(reason)) return reason;
  const code = codeOf(reason);
  const lost: Meaning = [
    ErrorCode.ConnectionLost,
    `the backend closed the connection ${answered ? "in the middle of" : "before"} its answer`,
  ];
  const malformed: Meaning = [ErrorCode.MessageMalformed, "the backend sent what is not HTTP"];
  const meaning = meanings[code];
  if (meaning !== undefined) return describe(reason, attempt, meaning);
  if (code === "UND_ERR_INFO") return describe(reason, attempt, lost);
  if (code === "UND_ERR_SOCKET") return describe(reason, attempt, isBadAnswer(reason) ? malformed : lost);
  // undici judges the end of a message by the length it announced; before its head is complete that is garbage, too.
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") return describe(reason, attempt, answered ? lost : malformed);
  if (isParserError(reason)) return describe(reason, attempt, isEarlyEnd(reason) ? lost : malformed);
  return fromNodeError(reason, { attempt });
}

/**
 * True for the reset of a connection, which a Windows pipe calls EOF. Where nothing was written on it yet, the request that waited for it may be sent on another one;
 * bytes that nobody asked for undici takes care of itself.
 */
export function isReset(reason: unknown): boolean {
  const code = codeOf(reason);
  return code === "ECONNRESET" || code === "EPIPE" || code === "EOF";
}

function codeOf(reason: unknown): string {
  return reason instanceof Error && "code" in reason && typeof reason.code === "string" ? reason.code : "";
}

/** These come without a code. */
function isParserError(reason: unknown): reason is Error {
  return reason instanceof Error && reason.name === "HTTPParserError";
}

function isEarlyEnd(reason: Error): boolean {
  return reason.message.includes("(Invalid EOF state)");
}

/** An unasked 100 or 101, or an answer to nothing; undici tells these apart from an end by their text alone. */
function isBadAnswer(reason: unknown): boolean {
  return reason instanceof Error && (reason.message === "bad response" || reason.message === "bad upgrade");
}

function describe(cause: unknown, attempt: string, [code, why]: Meaning): BowspritError {
  return new BowspritError(code, `${attempt}: ${why}`, { cause });
}
