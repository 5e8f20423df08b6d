import { ErrorCode } from "@bowsprit/core";

/** Why a request goes no further: a status, and nothing that would tell a stranger more. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 414 | 415 | 426 | 431;
}

/** The one word of each refusal's body. */
export const refusalWords: Readonly<Record<Refusal["status"], string>> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  413: "Too large",
  414: "URI too long",
  415: "Unsupported media type",
  426: "Upgrade required",
  431: "Header fields too large",
};

/** What each refusal is for a program, of the one table. */
export const refusalCodes: Readonly<Record<Refusal["status"], ErrorCode>> = {
  400: ErrorCode.InvalidArgument,
  401: ErrorCode.EndpointForbidden,
  403: ErrorCode.EndpointForbidden,
  404: ErrorCode.InvalidArgument,
  405: ErrorCode.InvalidArgument,
  413: ErrorCode.MessageTooLarge,
  414: ErrorCode.MessageTooLarge,
  415: ErrorCode.InvalidArgument,
  426: ErrorCode.InvalidArgument,
  431: ErrorCode.MessageTooLarge,
};
