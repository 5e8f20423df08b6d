import type { Deed, End, FaultName } from "../plan/fault.ts";
import { faultTable, killAdmits } from "../plan/fault-table.ts";
import { readBackendRecord } from "./backend-record.ts";
import { type ClientLine, type Kill, parseClientLine, parseKill } from "./client-line.ts";
import type { Disagreement, DisagreementKind } from "./disagreement.ts";

/** The two ledgers of a run, line by line. */
export interface Ledgers {
  readonly client: Iterable<string>;
  readonly backend: Iterable<string>;
}

export interface JudgeOptions {
  /** The ids are 1 to this. */
  readonly requests: number;
  readonly faultOf: (id: number) => FaultName | "none";
}

/** How often each fault ended in each way. */
export type Ends = ReadonlyMap<FaultName | "none", ReadonlyMap<End, number>>;

export interface Verdict {
  readonly counts: Readonly<Record<DisagreementKind, number>>;
  /** The first hundred disagreements in words. */
  readonly disagreements: readonly string[];
  readonly ends: Ends;
  /** Requests that ended as they did because the backend was dead. */
  readonly killed: number;
  readonly agrees: boolean;
}

const mostWords = 100;

/** Compares what the client and the backend wrote, each by itself, of the same requests. */
export function judgeLedgers({ client, backend }: Ledgers, { requests, faultOf }: JudgeOptions): Verdict {
  const counts = { lost: 0, doubled: 0, crossed: 0, wrong: 0 };
  const disagreements: string[] = [];
  const disagree = ({ kind, what }: Disagreement): void => {
    counts[kind] += 1;
    if (disagreements.length < mostWords) disagreements.push(`${kind}: ${what}`);
  };
  const { deedOf } = readBackendRecord(backend, { requests, faultOf, disagree });
  const { lines, kills } = readClient(client);
  const ends = new Map<FaultName | "none", Map<End, number>>();
  const seen = new Uint8Array(requests + 1);
  const unplanned: ClientLine[] = [];
  for (const { text, line } of lines) {
    if (line === undefined || line.id < 1 || line.id > requests) {
      disagree({ kind: "wrong", what: `the client wrote: ${text}` });
      continue;
    }
    if (seen[line.id] === 1) disagree({ kind: "doubled", what: `${line.id} ended once more, with ${line.end}` });
    seen[line.id] = 1;
    count(ends, faultOf(line.id), line.end);
    const mismatch = compareAnswer(line);
    if (mismatch !== undefined) disagree(mismatch);
    if (!isIn(faultTable[faultOf(line.id)].admits, line.end, deedOf(line.id))) unplanned.push(line);
  }
  const wrong = unplanned.filter((line) => !isIn(killAdmits, line.end, deedOf(line.id)) || !overlaps(line, kills));
  for (const { id, end } of wrong)
    disagree({ kind: "wrong", what: `${id} (${faultOf(id)}) ended with ${end}; the backend: ${deedOf(id)}` });
  for (let id = 1; id <= requests; id += 1) {
    if (seen[id] === 1) continue;
    disagree({ kind: "lost", what: `${id} (${faultOf(id)}) has no end; the backend: ${deedOf(id)}` });
  }
  return {
    counts,
    disagreements,
    ends,
    killed: unplanned.length - wrong.length,
    agrees: Object.values(counts).every((found) => found === 0),
  };
}

interface Read {
  readonly text: string;
  readonly line: ClientLine | undefined;
}

/** The lines as they come; the kills are known once all were read. */
function readClient(text: Iterable<string>): { readonly lines: Iterable<Read>; readonly kills: readonly Kill[] } {
  const kills: Kill[] = [];
  function* lines(): Generator<Read> {
    for (const each of text) {
      const kill = parseKill(each);
      if (kill === undefined) yield { text: each, line: parseClientLine(each) };
      else kills.push(kill);
    }
  }
  return { lines: lines(), kills };
}

function compareAnswer({ id, answer }: ClientLine): Disagreement | undefined {
  if (answer === undefined) return undefined;
  const { head, body, isSame } = answer;
  if (head !== id || body !== id)
    return { kind: "crossed", what: `${id} got the head of ${head} and the body of ${body}` };
  return isSame
    ? undefined
    : { kind: "crossed", what: `${id} got a body that begins as its own and goes on otherwise` };
}

function isIn(admissions: typeof killAdmits, end: End, deed: Deed): boolean {
  return admissions.some((each) => each.end === end && each.deeds.includes(deed));
}

function overlaps({ from, to }: ClientLine, kills: readonly Kill[]): boolean {
  return kills.some((kill) => from <= kill.to && kill.from <= to);
}

function count(ends: Map<FaultName | "none", Map<End, number>>, fault: FaultName | "none", end: End): void {
  const ofFault = ends.get(fault) ?? new Map<End, number>();
  ends.set(fault, ofFault.set(end, (ofFault.get(end) ?? 0) + 1));
}
