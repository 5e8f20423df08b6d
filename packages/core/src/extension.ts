import type { ServiceState } from "./backend.ts";
import type { Digest } from "./digest.ts";
import type { ExtensionId } from "./extension-id.ts";

/** What an installed extension does. `running` also says of one without services that it is whole: it has nothing to stop. */
export type ExtensionState = "running" | "starting" | "stopped" | "failed" | "disabled";

/** What runs the backend of an extension: the embedded local runtime, or a container engine. */
export type EngineName = "local" | "docker";

/** An installed extension as lists show it. Plain data: `bowsprit ls --json` and the gateway answer with it. */
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
  /** Null for an extension without a backend, and where the installed files cannot be read. */
  readonly engine: EngineName | null;
  readonly state: ExtensionState;
  /** Whether the user wants it to run; false, too, where the installed files cannot be read. */
  readonly enabled: boolean;
  /** The dashboard tab; null for an extension without a page. */
  readonly ui: { readonly title: string } | null;
  /** In the order of the compose file. */
  readonly services: readonly { readonly name: string; readonly state: ServiceState }[];
  /** The host executables that were chosen for the platform it is installed on, each with its absolute path there. */
  readonly binaries: readonly { readonly name: string; readonly path: string; readonly sha256: string }[];
}

/** Everything that is known of one installed extension. Plain data: `bowsprit inspect --json` and the gateway answer with it. */
export interface ExtensionDetails extends Extension {
  /** What it was installed from; null where the installed files cannot be read. */
  readonly source: { readonly kind: string; readonly path: string } | null;
  /** ISO 8601 in UTC; null where the installed files cannot be read. */
  readonly installedAt: string | null;
  /** The folder of the installed version, an absolute path; null where the installed files cannot be read. */
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
