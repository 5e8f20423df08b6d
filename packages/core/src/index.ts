export type {
  BackendPlan,
  BackendRuntime,
  DownOptions,
  LogLine,
  LogOptions,
  Progress,
  ServicePlan,
  ServiceState,
  ServiceStatus,
} from "./backend.ts";
export {
  BowspritError,
  type BowspritErrorJson,
  type BowspritErrorOptions,
  type ErrorDetails,
} from "./bowsprit-error.ts";
export type { CallOptions } from "./call-options.ts";
export { type Digest, parseDigest } from "./digest.ts";
export { ErrorCode, isErrorCode } from "./error-code.ts";
export type { ExecExit, ExecOptions, ExecProcess } from "./exec-process.ts";
export { type ExtensionId, toExtensionId } from "./extension-id.ts";
export { fromNodeError, type NodeErrorOptions } from "./node-error.ts";
export { type OperatingSystem, type Platform, platformOf, type Processor } from "./platform.ts";
export type { ProcessIdentity, ProcessTable } from "./process-identity.ts";
