/**
 * Every way a Bowsprit call can fail. The table is closed: adding a code is a minor release, renaming one is a major one.
 * The sentence beside each code is what `docs/errors.md` prints.
 */
export const ErrorCode = {
  /** The caller's `AbortSignal` fired. */
  Aborted: "ABORTED",
  /** A deadline of ours or of the caller passed. */
  DeadlineExceeded: "DEADLINE_EXCEEDED",
  /** A value is well typed but not acceptable. */
  InvalidArgument: "INVALID_ARGUMENT",
  /** This build, platform or engine cannot do what was asked. */
  Unsupported: "UNSUPPORTED",
  /** A defect of ours, or a fault no other code describes. */
  Internal: "INTERNAL",
  /** The user said no, or nobody was there to be asked. */
  ConsentRequired: "CONSENT_REQUIRED",

  /** Nothing answers at an address. */
  EndpointUnreachable: "ENDPOINT_UNREACHABLE",
  /** Something already listens at an address. */
  EndpointInUse: "ENDPOINT_IN_USE",
  /** An address is malformed, too long, or names something that is not a socket. */
  EndpointInvalid: "ENDPOINT_INVALID",
  /** The operating system or a check of ours forbids the use of an address. */
  EndpointForbidden: "ENDPOINT_FORBIDDEN",
  /** A connection ended before the exchange on it did. */
  ConnectionLost: "CONNECTION_LOST",
  /** The peer sent what its protocol does not allow. */
  MessageMalformed: "MESSAGE_MALFORMED",
  /** A message, header or document is over its limit. */
  MessageTooLarge: "MESSAGE_TOO_LARGE",

  /** A program could not be found. */
  ExecutableNotFound: "EXECUTABLE_NOT_FOUND",
  /** A program was found but cannot be started here: no permission, wrong format, wrong processor. */
  ExecutableNotRunnable: "EXECUTABLE_NOT_RUNNABLE",
  /** A program ran and failed. */
  ExecFailed: "EXEC_FAILED",

  /** No container engine answers where one is needed. */
  EngineUnavailable: "ENGINE_UNAVAILABLE",
  /** The engine answered with an error. */
  EngineFailed: "ENGINE_FAILED",
  /** A backend is not running, or did not become ready. */
  BackendUnavailable: "BACKEND_UNAVAILABLE",
  /** A compose file is malformed or asks for what is refused. */
  ComposeInvalid: "COMPOSE_INVALID",

  /** An install source does not exist or cannot be read. */
  SourceNotFound: "SOURCE_NOT_FOUND",
  /** An install source holds what must not reach the disk. */
  SourceRefused: "SOURCE_REFUSED",
  /** `metadata.json` is missing. */
  MetadataMissing: "METADATA_MISSING",
  /** `metadata.json` is not what it must be. */
  MetadataInvalid: "METADATA_INVALID",
  /** An image reference or extension id breaks its grammar. */
  ReferenceInvalid: "REFERENCE_INVALID",
  /** Bytes do not have the digest they must have. */
  DigestMismatch: "DIGEST_MISMATCH",

  /** No extension of that id is installed. */
  ExtensionNotFound: "EXTENSION_NOT_FOUND",
  /** An extension of that id is installed already. */
  ExtensionExists: "EXTENSION_EXISTS",
  /** Another process holds the home. */
  HomeLocked: "HOME_LOCKED",
  /** The home cannot be read or written. */
  HomeUnusable: "HOME_UNUSABLE",
} as const;

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

const codes: ReadonlySet<string> = new Set(Object.values(ErrorCode));

/** True for a string of the closed table, false for anything else. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && codes.has(value);
}
