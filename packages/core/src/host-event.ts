import type { Extension } from "./extension.ts";
import type { ExtensionId } from "./extension-id.ts";

/**
 * What happened to an extension of a host. `changed` says what it is now: it was installed, or one of its services changed.
 * Plain data: one frame of the gateway's events.
 */
export type HostEvent =
  | { readonly type: "changed"; readonly extension: Extension }
  | { readonly type: "removed"; readonly id: ExtensionId };
