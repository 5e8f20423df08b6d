import { ErrorCode } from "@bowsprit/core";

const statuses: Partial<Record<ErrorCode, number>> = {
  [ErrorCode.InvalidArgument]: 400,
  [ErrorCode.ReferenceInvalid]: 400,
  [ErrorCode.SourceRefused]: 400,
  [ErrorCode.MetadataMissing]: 400,
  [ErrorCode.MetadataInvalid]: 400,
  [ErrorCode.ComposeInvalid]: 400,
  [ErrorCode.MessageMalformed]: 400,
  [ErrorCode.ConsentRequired]: 403,
  [ErrorCode.EndpointForbidden]: 403,
  [ErrorCode.SourceNotFound]: 404,
  [ErrorCode.ExtensionNotFound]: 404,
  [ErrorCode.ExecutableNotFound]: 404,
  [ErrorCode.ExtensionExists]: 409,
  [ErrorCode.HomeLocked]: 409,
  [ErrorCode.MessageTooLarge]: 413,
  [ErrorCode.ExecutableNotRunnable]: 422,
  [ErrorCode.DigestMismatch]: 422,
  [ErrorCode.Unsupported]: 501,
  [ErrorCode.ConnectionLost]: 502,
  [ErrorCode.BackendUnavailable]: 503,
  [ErrorCode.EndpointUnreachable]: 503,
  [ErrorCode.EngineUnavailable]: 503,
  [ErrorCode.DeadlineExceeded]: 504,
};

/** The HTTP status that says of a failure what a status can say; 500 for what is nobody's fault but ours. */
export function httpStatusOf(code: ErrorCode): number {
  return statuses[code] ?? 500;
}

/** The status of a failure of a request to a backend: what came back was not HTTP, or too much, and the page is not to blame. */
export function gatewayStatusOf(code: ErrorCode): number {
  if (code === ErrorCode.MessageMalformed || code === ErrorCode.MessageTooLarge) return 502;
  return httpStatusOf(code);
}
