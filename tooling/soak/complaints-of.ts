import type { Verdict } from "./ledger/judge-ledgers.ts";
import { shareOfFaults } from "./ledger/share-of-faults.ts";
import type { Measures } from "./run-soak.ts";

/** Descriptors may differ by this many: what closes may still be closing. */
const descriptorSlack = 2;

/** More than all connections of 64 requests under way: there are no others, unless those of called-off requests stay open. */
const mostConnections = 200;

/** The least part of the requests that must have carried a fault. */
const leastFaults = 0.05;

/** Why a run does not prove what it is to prove; nothing when it does. */
export function complaintsOf(verdict: Verdict, { descriptors }: Pick<Measures, "descriptors">): readonly string[] {
  const complaints = Object.entries(verdict.counts).flatMap(([kind, found]) => (found > 0 ? [`${found} ${kind}`] : []));
  if (shareOfFaults(verdict.ends).share < leastFaults) complaints.push(`less than ${leastFaults * 100} % faults`);
  if (Math.abs(descriptors.end - descriptors.begin) > descriptorSlack)
    complaints.push(`${descriptors.begin} descriptors at the beginning, ${descriptors.end} at the end`);
  if (descriptors.most > descriptors.begin + mostConnections)
    complaints.push(`${descriptors.most} descriptors on the way`);
  return complaints;
}
