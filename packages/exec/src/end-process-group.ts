import { setTimeout as wait } from "node:timers/promises";
import type { ProcessIdentity, ProcessTable } from "@bowsprit/core";
import { endWindowsTree } from "./end-windows-tree.ts";
import { hostEnvironment } from "./host-environment.ts";
import { isGroupAlive, isPidTaken, sessionsOfGroup, signalGroup } from "./process-group.ts";
import { hasProcessFiles, thisPlatform } from "./this-platform.ts";

export interface EndProcessGroupOptions {
  readonly table: ProcessTable;
  /** Milliseconds between SIGTERM and SIGKILL; the default is 5,000. */
  readonly graceMs?: number;
  /** Ends the grace at once. */
  readonly signal?: AbortSignal;
}

const pollMs = 20;

/** How long what SIGKILL was sent to may take to vanish. */
const patienceMs = 1000;

/**
 * Ends a process of an earlier life, which led a group, with its whole group, and resolves when nothing of it lives. A later process that
 * was given the same id is left alone, and so is everything where the two cannot be told apart, as on macOS: an identity without a start
 * ends nothing. On Windows, where nothing else would ever end it, the id alone decides, and the tree ends at once. A group whose leader has died is still known by its number, which the system gives to nobody as
 * long as the group has a member; it is ended on Linux only, where that can be told.
 */
export async function endProcessGroup(identity: ProcessIdentity, options: EndProcessGroupOptions): Promise<void> {
  const { table, graceMs = 5000, signal } = options;
  const isOurs = (): boolean => isSafePid(identity.pid) && (isKnown(identity, table) || isOrphaned(identity));
  if (!isOurs()) return;
  if (thisPlatform.os === "windows") {
    endWindowsTree(identity.pid, hostEnvironment(process.env));
    await vanished(isOurs, graceMs, signal);
    return;
  }
  signalGroup(identity.pid, "SIGTERM");
  if (await vanished(isOurs, graceMs, signal)) return;
  signalGroup(identity.pid, "SIGKILL");
  await vanished(isOurs, patienceMs);
}

// 0 and 1 with a minus sign are our own group and every process there is.
function isSafePid(pid: number): boolean {
  return Number.isSafeInteger(pid) && pid > 1;
}

// A table may answer yes for want of a start to compare; here that is no.
function isKnown(identity: ProcessIdentity, table: ProcessTable): boolean {
  if (thisPlatform.os === "windows") return table.isAlive(identity);
  return identity.started !== null && table.find(identity.pid)?.started === identity.started;
}

// A leader starts a session, too, so the members of its group are in the session of the same number.
function isOrphaned({ pid, started }: ProcessIdentity): boolean {
  if (started === null || !hasProcessFiles || isPidTaken(pid) || !isGroupAlive(pid)) return false;
  return sessionsOfGroup(pid).every((session) => session === pid);
}

async function vanished(isOurs: () => boolean, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isOurs()) {
    if (performance.now() >= deadline || signal?.aborted === true) return false;
    await wait(pollMs);
  }
  return true;
}
