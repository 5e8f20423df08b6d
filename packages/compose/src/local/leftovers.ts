import type { ProcessTable, ServiceStatus } from "@bowsprit/core";
import { endProcessGroup } from "@bowsprit/exec";
import type { ProjectRecord, ProjectRecordFile } from "./project-record.ts";

export interface EndLeftoversOptions {
  readonly processes: ProcessTable;
  readonly graceMs: number | undefined;
  /** Ends the grace. */
  readonly hurry?: AbortSignal | undefined;
}

/**
 * Ends what another life of the project left running, and removes its record. The record changes hands first, so that a supervisor that
 * is still alive restarts nothing.
 */
export async function endLeftovers(record: ProjectRecordFile, options: EndLeftoversOptions): Promise<void> {
  const { processes: table, graceMs, hurry } = options;
  const found = record.read();
  if (found !== undefined) {
    record.write({ ...found, owner: "" });
    const identities = found.services.flatMap(({ pid, started }) => (pid === undefined ? [] : [{ pid, started }]));
    await Promise.all(
      identities.map((identity) =>
        endProcessGroup(identity, {
          table,
          ...(graceMs !== undefined && { graceMs }),
          ...(hurry !== undefined && { signal: hurry }),
        }),
      ),
    );
  }
  record.remove();
}

/** The services of a project of another life: what was recorded, as far as it is still true. */
export function statusOfRecord({ host, services }: ProjectRecord, table: ProcessTable): readonly ServiceStatus[] {
  const supervised = table.isAlive(host);
  return services.map(({ started, pid, ...status }) => {
    if (pid !== undefined && table.isAlive({ pid, started })) return { ...status, pid, state: "running" };
    if (status.state === "completed" || (supervised && pid === undefined)) return status;
    return { ...status, state: supervised ? "failed" : "stopped" };
  });
}
