import type { ExtensionId } from "@bowsprit/core";

const ending = "-desktop-extension";

/** The name under which a runtime knows an extension's backend, the compose project of Docker's own host. */
export function projectOf(id: ExtensionId): string {
  return `${id}${ending}`;
}

/** The extension of a project that {@link projectOf} named. */
export function idOf(project: string): ExtensionId {
  return project.slice(0, -ending.length) as ExtensionId;
}
