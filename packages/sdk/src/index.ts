export type {
  BowspritErrorJson,
  Digest,
  ErrorDetails,
  ExecExit,
  ExecProcess,
  ExtensionId,
  LogLine,
  LogOptions,
  Platform,
  ServiceState,
} from "@bowsprit/core";
export { BowspritError, ErrorCode } from "@bowsprit/core";
export type { ServiceHeaders, ServiceRequest, ServiceResponse } from "@bowsprit/transport";
export { type Consent, type ConsentReport, describeConsent } from "./consent.ts";
export { createHost, type HostOptions } from "./create-host.ts";
export type { EngineName, Extension, ExtensionDetails, ExtensionState } from "./extension.ts";
export type { ChangeOptions, EngineChoice, Host, HostExecOptions, InstallOptions, RemoveOptions } from "./host.ts";
