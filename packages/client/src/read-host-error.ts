import { BowspritError, ErrorCode, isErrorCode, isJsonObject } from "@bowsprit/core";
import type { HostAnswer } from "./ask-host.ts";
import { parseJson } from "./parse-json.ts";
import { errorHeader } from "./wire.ts";

/** A failure of the gateway, with the status of its answer. */
export type HostError = BowspritError & { readonly statusCode: number };

/** The error that a failed answer of the gateway carries; without one, as in an answer to HEAD, its header and status must do. */
export function readHostError({ response, text }: HostAnswer): HostError {
  const { status } = response;
  const body = parseJson(text);
  const error =
    isJsonObject(body) && Object.hasOwn(body, "error")
      ? BowspritError.fromJSON(body["error"])
      : new BowspritError(codeOf(response), `ask the host: answered with ${status}${text === "" ? "" : `, ${text}`}`, {
          ...(status === 401 && { hint: "The session has ended: open the extension again from the dashboard." }),
        });
  return Object.assign(error, { statusCode: status });
}

function codeOf({ headers, status }: Response): ErrorCode {
  const code = headers.get(errorHeader);
  if (isErrorCode(code)) return code;
  return status === 401 || status === 403 ? ErrorCode.EndpointForbidden : ErrorCode.Internal;
}
