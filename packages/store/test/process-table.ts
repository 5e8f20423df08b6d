import { readFileSync } from "node:fs";
import type { ProcessIdentity, ProcessTable } from "@bowsprit/core";

/** Enough of a process table for these tests: by `/proc` where there is one, else by the id alone. */
export function createTestProcessTable(): ProcessTable {
  const find = (pid: number): ProcessIdentity | undefined => {
    try {
      process.kill(pid, 0);
      const started = process.platform === "linux" ? startOf(pid) : null;
      return started === "" ? undefined : { pid, started };
    } catch {
      return undefined;
    }
  };
  return {
    self: () => find(process.pid) ?? { pid: process.pid, started: null },
    find,
    isAlive: ({ pid, started }) => {
      const found = find(pid);
      return found !== undefined && (started === null || found.started === started);
    },
  };
}

// Empty for a zombie: it runs no more.
function startOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? "" : (fields[19] ?? "");
}
