import { isErrorCode } from "@bowsprit/core";
import type { End } from "../plan/fault.ts";

/** One line of the client's ledger: how a request ended, and between which two moments it was under way. */
export interface ClientLine {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly end: End;
  /** What was read of the answer: the ids in its head and its body, and whether the body is what it must be. */
  readonly answer?: { readonly head: number; readonly body: number; readonly isSame: boolean };
}

/** A time in which the backend was dead: a line `# kill <from> <to>`. */
export interface Kill {
  readonly from: number;
  readonly to: number;
}

/** Reads a line of the client's ledger; undefined where it is none. */
export function parseClientLine(line: string): ClientLine | undefined {
  const [, id, from, to, end] = /^(\d+) (\d+\.\d+) (\d+\.\d+) (.+)$/u.exec(line) ?? [];
  if (end === undefined) return undefined;
  const times = { id: Number(id), from: Number(from), to: Number(to) };
  const [, code = ""] = /^failed ([A-Z_]+)$/u.exec(end) ?? [];
  if (isErrorCode(code)) return { ...times, end: code };
  const [, verb, head, body, same] = /^(answered|left) (\d+) (\d+) (same|differs)$/u.exec(end) ?? [];
  if (verb !== "answered" && verb !== "left") return undefined;
  return { ...times, end: verb, answer: { head: Number(head), body: Number(body), isSame: same === "same" } };
}

/** Reads a line about a kill; undefined where it is none. */
export function parseKill(line: string): Kill | undefined {
  const [, from, to] = /^# kill (\d+\.\d+) (\d+\.\d+)$/u.exec(line) ?? [];
  return to === undefined ? undefined : { from: Number(from), to: Number(to) };
}
