import type { Digest, ExtensionId, LogLine, ServiceState } from "@bowsprit/core";

/** `running` also says of an extension without services that it is installed and whole. */
export type ExtensionState = "running" | "starting" | "stopped" | "failed" | "disabled";

/** An installed extension as the gateway lists it: what the dashboard reads of it. See docs/wire.md. */
export interface Extension {
  readonly id: ExtensionId;
  readonly title: string;
  readonly vendor: string | null;
  readonly version: string | null;
  /** Null for an extension that came from a folder. */
  readonly image: string | null;
  /** Null only where the installed files cannot be read. */
  readonly digest: Digest | null;
  readonly engine: string | null;
  readonly state: ExtensionState;
  readonly enabled: boolean;
  /** Null for an extension without a page. */
  readonly ui: { readonly title: string } | null;
  readonly services: readonly { readonly name: string; readonly state: ServiceState }[];
  readonly binaries: readonly { readonly name: string; readonly path: string; readonly sha256: string }[];
}

/** Everything the gateway says of one extension. */
export interface ExtensionDetails extends Extension {
  readonly source: { readonly kind: string; readonly path: string } | null;
  /** ISO 8601 in UTC. */
  readonly installedAt: string | null;
  readonly folder: string | null;
  readonly address: string | null;
  readonly processes: readonly { readonly service: string; readonly pid: number }[];
  /** Why an entry is `failed` before anything was started. */
  readonly problem: string | null;
}

/** What an extension will be able to do, to be read before it is installed. */
export interface ConsentReport {
  readonly id: ExtensionId;
  readonly title: string;
  readonly source: string;
  readonly engine: string | null;
  readonly engineReason: string;
  readonly services: readonly { readonly name: string; readonly command: readonly string[] }[];
  readonly executables: readonly string[];
  readonly page: string | null;
  readonly warnings: readonly string[];
}

/** The answer to “what would this install?”. */
export interface Examination {
  readonly report: ConsentReport;
  /** The report in words, one line each. */
  readonly lines: readonly string[];
  /** Sent back with the install: it stands for the report that was read. */
  readonly agreement: string;
}

/** One line of a backend's output. */
export type { LogLine };

/** What the event socket says. */
export type CatalogEvent =
  | { readonly type: "changed"; readonly extension: Extension }
  | { readonly type: "removed"; readonly id: ExtensionId };
