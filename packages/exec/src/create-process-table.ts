import { readFileSync } from "node:fs";
import type { ProcessIdentity, ProcessTable } from "@bowsprit/core";
import { hasProcessFiles } from "./this-platform.ts";
import { isPidTaken } from "./process-group.ts";
import { readProcessStat } from "./process-stat.ts";

/**
 * The processes of this computer. On Linux a process is known by its id, the boot and its start; elsewhere by its id alone, so a later
 * process of the same id passes for it. Every answer is synchronous and costs one small file.
 */
export function createProcessTable(): ProcessTable {
  const find = hasProcessFiles ? createLinuxLookup() : findBySignal;
  return {
    self: () => find(process.pid) ?? { pid: process.pid, started: null },
    find,
    isAlive({ pid, started }) {
      const found = find(pid);
      return found !== undefined && (started === null || found.started === null || found.started === started);
    },
  };
}

// The ticks count from the boot, so the same number may come again after the next one.
function createLinuxLookup(): (pid: number) => ProcessIdentity | undefined {
  const boot = readBootId();
  return (pid) => {
    const stat = isPid(pid) ? readProcessStat(pid) : undefined;
    return stat?.alive === true ? { pid, started: `${boot}/${stat.startTicks}` } : undefined;
  };
}

function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "unknown";
  }
}

function findBySignal(pid: number): ProcessIdentity | undefined {
  return isPid(pid) && isPidTaken(pid) ? { pid, started: null } : undefined;
}

function isPid(pid: number): boolean {
  return Number.isSafeInteger(pid) && pid > 0;
}
