import { type BackendPlan, BowspritError, ErrorCode } from "@bowsprit/core";

/**
 * The name itself, if it can be the name of a file and of a folder.
 * @throws BowspritError `INVALID_ARGUMENT`.
 */
export function checkProjectName(project: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,199}$/u.test(project)) return project;
  throw new BowspritError(
    ErrorCode.InvalidArgument,
    `use project ${JSON.stringify(project)}: not the name of a project`,
  );
}

/**
 * Refuses a plan that cannot run as local processes, before anything is started.
 * @throws BowspritError `INVALID_ARGUMENT`, `UNSUPPORTED` for a service without a command.
 */
export function checkPlan({ project, services }: BackendPlan): void {
  checkProjectName(project);
  const seen = new Set<string>();
  for (const { name, command } of services) {
    const shown = JSON.stringify(name);
    if (!/^[a-zA-Z0-9._-]{1,128}$/u.test(name) || seen.has(name)) {
      const why = seen.has(name) ? `there are two services ${shown}` : `${shown} is not the name of a service`;
      throw new BowspritError(ErrorCode.InvalidArgument, `start ${project}: ${why}`);
    }
    if (command === undefined || command.length === 0) {
      throw new BowspritError(ErrorCode.Unsupported, `start ${project}: service ${name} has no x-local command`, {
        hint: "Give the service an x-local command, or run the extension on a container engine.",
      });
    }
    seen.add(name);
  }
}
