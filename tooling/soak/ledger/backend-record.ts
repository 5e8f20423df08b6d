import type { Deed, FaultName } from "../plan/fault.ts";
import type { Disagreement } from "./disagreement.ts";

/** What the backend's ledger says of each request. */
export interface BackendRecord {
  deedOf(id: number): Deed;
}

export interface BackendRecordOptions {
  readonly requests: number;
  readonly faultOf: (id: number) => FaultName | "none";
  readonly disagree: (found: Disagreement) => void;
}

const deeds = ["unseen", "received", "answered", "broke", "withheld"] as const satisfies readonly Deed[];

/** Reads the backend's ledger, and tells what cannot be whatever the client says: a request that came or was answered twice. */
export function readBackendRecord(lines: Iterable<string>, options: BackendRecordOptions): BackendRecord {
  const { requests, faultOf, disagree } = options;
  const record = new Uint8Array(requests + 1);
  const deedOf = (id: number): Deed => deeds[record[id] ?? 0] ?? "unseen";
  for (const line of lines) {
    if (/^# (?:life|spoilt) /u.test(line)) continue;
    const [, text = "", word = "", fault] = /^(\d+) ([a-z]+)(?: ([a-z-]+))?$/u.exec(line) ?? [];
    const id = Number(text);
    const deed = deeds.find((each) => each === word);
    if (deed === undefined || deed === "unseen" || id < 1 || id > requests) {
      disagree({ kind: line.startsWith("# mixed up") ? "crossed" : "wrong", what: `the backend wrote: ${line}` });
      continue;
    }
    const before = deedOf(id);
    const isNext = deed === "received" ? before === "unseen" : before === "received";
    if (!isNext)
      disagree({ kind: before === "unseen" ? "wrong" : "doubled", what: `${id} was ${deed} after ${before}` });
    if (fault !== undefined && fault !== faultOf(id))
      disagree({ kind: "wrong", what: `${id} was ${deed} as ${fault}, its plan says ${faultOf(id)}` });
    record[id] = deeds.indexOf(deed);
  }
  return { deedOf };
}
