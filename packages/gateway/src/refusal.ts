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
