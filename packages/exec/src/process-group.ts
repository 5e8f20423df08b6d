import { readdirSync } from "node:fs";
import { readProcessStat } from "./process-stat.ts";
import { hasProcessFiles } from "./this-platform.ts";

/** True while a process has this id, a zombie included; one that we may not signal counts. */
export function isPidTaken(pid: number): boolean {
  return trySignal(pid, 0) !== "ESRCH";
}

/** Sends a signal to every process of a group; one that is gone, or not ours, is left alone. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  trySignal(-group, signal);
}

/**
 * True while a group has a living process that we may signal. Zombies do not count: where the first process of a container never
 * collects them they stay for ever.
 */
export function isGroupAlive(group: number): boolean {
  if (trySignal(-group, 0) !== undefined) return false;
  return !hasProcessFiles || sessionsOfGroup(group).length > 0;
}

/** The session of each living process of a group, on Linux. */
export function sessionsOfGroup(group: number): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      const stat = readProcessStat(pid);
      return stat?.alive === true && stat.group === group ? [stat.session] : [];
    });
}

function trySignal(pid: number, signal: NodeJS.Signals | 0): string | undefined {
  try {
    process.kill(pid, signal);
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown";
  }
}
