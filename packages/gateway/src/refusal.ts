import { errorHeader } from "@bowsprit/client";
import { ErrorCode } from "@bowsprit/core";
import { apiAnswer } from "./security-headers.ts";

/** Why a request goes no further: a status, and nothing that would tell a stranger more. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 414 | 415 | 431;
}

const words: Readonly<Record<Refusal["status"], string>> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  414: "URI too long",
  415: "Unsupported media type",
  431: "Header fields too large",
};

/** What each refusal is for a program, of the one table. */
const codes: Readonly<Record<Refusal["status"], ErrorCode>> = {
  400: ErrorCode.InvalidArgument,
  401: ErrorCode.EndpointForbidden,
  403: ErrorCode.EndpointForbidden,
  404: ErrorCode.InvalidArgument,
  405: ErrorCode.InvalidArgument,
  414: ErrorCode.MessageTooLarge,
  415: ErrorCode.InvalidArgument,
  431: ErrorCode.MessageTooLarge,
};

/**
 * The answer of a refusal: one word, and the field by which a page tells it from an answer of its backend with the same status. The
 * connection goes with it: what else is on it is nothing to be read (H52).
 */
export function refusalAnswer({ status }: Refusal): { readonly headers: readonly string[]; readonly body: string } {
  const body = words[status];
  const own = ["connection", "close", "content-type", "text/plain; charset=utf-8", "content-length", `${body.length}`];
  return { headers: [...apiAnswer, errorHeader, codes[status], ...own], body };
}
