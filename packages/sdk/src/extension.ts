import type { Digest, ExtensionId, ServiceState } from "@bowsprit/core";

/** `running` also says of an extension without services that it is installed and whole: it has nothing to stop. */
export type ExtensionState = "running" | "starting" | "stopped" | "failed" | "disabled";

/** What runs an extension's backend: the embedded local runtime, a container engine, or nothing where there is no backend. */
export type EngineName = "local" | "docker";

/** An installed extension as lists show it; plain data, the shape of `bowsprit ls --json`. */
export interface Extension {
  readonly id: ExtensionId;
  /** The image label, else the tab's title, else the id. */
  readonly title: string;
  readonly vendor: string | null;
  readonly version: string | null;
  /** The image reference; null for an extension that came from a folder. */
  readonly image: string | null;
  /** Null only where the installed files cannot be read; such an entry is `failed` and can be removed. */
  readonly digest: Digest | null;
  readonly engine: EngineName | null;
  readonly state: ExtensionState;
  readonly enabled: boolean;
  /** The dashboard tab, or null for an extension without a page. */
  readonly ui: { readonly title: string } | null;
  /** In the order of the compose file. */
  readonly services: readonly { readonly name: string; readonly state: ServiceState }[];
  /** The host executables of this computer's platform, each with its absolute path. */
  readonly binaries: readonly { readonly name: string; readonly path: string; readonly sha256: string }[];
}

/** Everything the host knows of one extension; the shape of `bowsprit inspect --json`. */
export interface ExtensionDetails extends Extension {
  readonly source: { readonly kind: string; readonly path: string } | null;
  /** ISO 8601 in UTC. */
  readonly installedAt: string | null;
  /** The folder of the installed version. */
  readonly folder: string | null;
  /** The icon's file, an absolute path; null where there is none. */
  readonly icon: string | null;
  /** Where the backend listens: `unix:///…` or `npipe://…`; null without a socket. */
  readonly address: string | null;
  /** The process groups of the services that run as local processes now. */
  readonly processes: readonly { readonly service: string; readonly pid: number }[];
  /** Why an entry is `failed` before anything was started, else null. */
  readonly problem: string | null;
}
