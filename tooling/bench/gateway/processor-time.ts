import { readFileSync } from "node:fs";

/** The kernel counts in ticks of 10 ms. */
const usPerTick = 10_000;

/** Microseconds of processor time of these processes so far, user and system, from /proc (fields 14 and 15). */
export function processorTime(processes: readonly number[]): number {
  return processes.reduce((sum, id) => sum + ticksOf(id), 0) * usPerTick;
}

function ticksOf(id: number): number {
  const stat = readFileSync(`/proc/${id}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
