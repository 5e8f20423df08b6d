export type {
  BowspritErrorJson,
  CallOptions,
  ConsentReport,
  Digest,
  EngineName,
  ErrorDetails,
  Examination,
  ExecExit,
  ExecProcess,
  Extension,
  ExtensionDetails,
  ExtensionId,
  ExtensionState,
  HostEvent,
  LogLine,
  LogOptions,
  Platform,
  ServiceState,
} from "@bowsprit/core";
export { BowspritError, ErrorCode } from "@bowsprit/core";
export {
  collectOutput,
  type CollectOptions,
  createProcessTable,
  type DetachedOptions,
  type DetachedProcess,
  startDetached,
} from "@bowsprit/exec";
export type {
  ForwardRequest,
  Forwarding,
  RawHeaders,
  ResponseSink,
  ServiceHeaders,
  ServiceRequest,
  ServiceResponse,
} from "@bowsprit/transport";
export { type Consent, describeConsent } from "./consent.ts";
export { createHost, type HostOptions } from "./create-host.ts";
export { createSystemTransport } from "./create-system-transport.ts";
export { defaultHome } from "./default-home.ts";
export type { ExtensionPage } from "./extension-page.ts";
export { type ExecForm, finalArguments } from "./final-arguments.ts";
export { forwardByRequest } from "./forward-by-request.ts";
export type {
  ChangeOptions,
  EngineChoice,
  ForwardOptions,
  Host,
  HostExecOptions,
  InstallOptions,
  RemoveOptions,
  WatchOptions,
} from "./host.ts";
export { openInBrowser } from "./open-in-browser.ts";
export { agreementTo } from "./verbs/agreement-to.ts";
export type { HostVerb, Nothing, VerbCall, VerbName, VerbTypes } from "./verbs/host-verb.ts";
export { hostVerbs } from "./verbs/host-verbs.ts";
export { gatewayStatusOf, httpStatusOf } from "./verbs/http-status-of.ts";
export { matchVerb, methodsOf, type VerbMatch } from "./verbs/match-verb.ts";
export { readJsonBody } from "./verbs/read-json-body.ts";
export type { VerbInput } from "./verbs/verb-input.ts";
