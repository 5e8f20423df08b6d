import { BowspritError, ErrorCode } from "@bowsprit/core";
import { fromHttpError } from "./http-error.ts";

const tooLarge: ReadonlySet<string> = new Set([
  "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH",
  "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH",
  "WS_ERR_TOO_MANY_BUFFERED_PARTS",
]);

/** The one place where an error of `ws` becomes ours. Ours stays untouched. */
export function fromWebSocketError(reason: unknown, attempt: string): BowspritError {
  if (BowspritError.is(reason)) return reason;
  const code = reason instanceof Error && "code" in reason ? String(reason.code) : "";
  const why = reason instanceof Error ? reason.message : String(reason);
  if (tooLarge.has(code)) return new BowspritError(ErrorCode.MessageTooLarge, `${attempt}: ${why}`, { cause: reason });
  // What ws says of an answer that is no handshake comes without a code.
  if (code === "" || code.startsWith("WS_ERR_"))
    return new BowspritError(ErrorCode.MessageMalformed, `${attempt}: ${why}`, { cause: reason });
  return fromHttpError(reason, { attempt, answered: false });
}
