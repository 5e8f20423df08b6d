import { readFileSync } from "node:fs";

/** What Linux tells of a process in `/proc/<pid>/stat`. */
export interface ProcessStat {
  /** False for a zombie, too. */
  readonly alive: boolean;
  readonly group: number;
  readonly session: number;
  /** Clock ticks between the boot and the start. */
  readonly startTicks: string;
}

/** Reads a line of that file. The name of the program, in brackets, may hold anything, brackets included: counting starts after it. */
export function parseProcessStat(line: string): ProcessStat | undefined {
  const end = line.lastIndexOf(")");
  const fields = line
    .slice(end + 2)
    .trim()
    .split(" ");
  const [state, , group, session] = fields;
  const startTicks = fields[19];
  if (end < 0 || state === undefined || startTicks === undefined) return undefined;
  return { alive: !/^[ZXx]$/u.test(state), group: Number(group), session: Number(session), startTicks };
}

/** What is known of the process of that id; undefined when there is none, or where there is no such file. */
export function readProcessStat(pid: number | string): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return undefined;
  }
}
