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
export { cleanText, type CleanTextOptions } from "./clean-text.ts";
export type { ConsentReport } from "./consent-report.ts";
export { type Digest, parseDigest } from "./digest.ts";
export { ErrorCode, isErrorCode } from "./error-code.ts";
export type { Examination } from "./examination.ts";
export type { ExecExit, ExecOptions, ExecProcess } from "./exec-process.ts";
export { createExecResult, type ExecResult, type RawExecResult } from "./exec-result.ts";
export type { EngineName, Extension, ExtensionDetails, ExtensionState } from "./extension.ts";
export { type ExtensionId, isExtensionId, toExtensionId } from "./extension-id.ts";
export { extensionIdOfArgument } from "./extension-id-of-argument.ts";
export type { HostEvent } from "./host-event.ts";
export { formatImageRef, type ImageRef, type ImageReference, parseImageRef, repositoryOf } from "./image-ref.ts";
export { type JsonDocumentOptions, readJsonDocument } from "./json-document.ts";
export { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts";
export { type ExtensionLabels, type LabelLink, labelNames, type Screenshot } from "./labels.ts";
export { limits } from "./limits.ts";
export {
  type DashboardTab,
  type HostBinary,
  type HostSection,
  type LocalCommand,
  type Metadata,
  pluginImage,
  type UiSection,
  type VmSection,
} from "./metadata.ts";
export { fromNodeError, type NodeErrorOptions } from "./node-error.ts";
export { type OperatingSystem, type Platform, platformOf, type Processor } from "./platform.ts";
export type { ProcessIdentity, ProcessTable } from "./process-identity.ts";
export { type LabelReading, readLabels } from "./read-labels.ts";
export { type LocalCommandOptions, readLocalCommand } from "./read-local-command.ts";
export { type MetadataReading, readMetadata } from "./read-metadata.ts";
export { createTurns, type Turns } from "./turns.ts";
export { withinLimits } from "./within-limits.ts";
