import type { ExtensionId } from "@bowsprit/core";

/** The name under which a runtime knows an extension's backend, the compose project of Docker's own host. */
export function projectOf(id: ExtensionId): string {
  return `${id}-desktop-extension`;
}
