import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { endWindowsTree } from "./end-windows-tree.ts";
import { isGroupAlive, isPidTaken, signalGroup } from "./process-group.ts";
import { thisPlatform } from "./this-platform.ts";

/** A process and, where it leads a group, everything that it started in it. */
export interface ProcessTree {
  signal(signal: NodeJS.Signals): void;
  /** Waits until nothing of it lives; false when that takes longer than `timeoutMs`. */
  gone(timeoutMs: number): Promise<boolean>;
}

export interface ProcessTreeOptions {
  /** The child leads a group of its own. */
  readonly leads: boolean;
  /** Its environment, for the tools that ending it takes on Windows. */
  readonly env: Readonly<Record<string, string>>;
}

const pollMs = 20;

/** The tree of a child that runs. */
export function createProcessTree(
  child: ChildProcess & { readonly pid: number },
  options: ProcessTreeOptions,
): ProcessTree {
  const { pid } = child;
  const grouped = options.leads && thisPlatform.os !== "windows";
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // The system keeps the number of a group back for as long as it has a member. Where a process has it again, the group is over.
  const isAlive = (): boolean => !hasEnded() || (grouped && !isPidTaken(pid) && isGroupAlive(pid));
  return {
    signal(signal) {
      if (!isAlive()) return;
      if (thisPlatform.os === "windows") endWindowsTree(pid, options.env);
      else if (grouped) signalGroup(pid, signal);
      else child.kill(signal);
    },
    async gone(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      while (isAlive()) {
        const left = deadline - performance.now();
        if (left <= 0) return false;
        await waitFor(hasEnded() ? undefined : ended, hasEnded() ? Math.min(pollMs, left) : left);
      }
      return true;
    },
  };
}

async function waitFor(event: Promise<void> | undefined, ms: number): Promise<void> {
  const timer = new AbortController();
  const time = wait(ms, undefined, { signal: timer.signal }).catch(() => {});
  await (event === undefined ? time : Promise.race([event, time]));
  timer.abort();
}
