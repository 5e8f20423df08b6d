import { listCases } from "./list-cases.ts";
import type { Subject } from "./subject.ts";

/** What became of one requirement. */
export type Verdict =
  | { readonly outcome: "passed" }
  | { readonly outcome: "skipped"; readonly why: string }
  | { readonly outcome: "failed"; readonly why: string };

/** What became of a subject: a column of the table. Plain data. */
export interface ConformanceReport {
  readonly name: string;
  /** Where it ran: `process.platform` and the version of Node. */
  readonly platform: string;
  readonly node: string;
  /** By requirement, in their order. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** Puts every requirement to a subject, one after the other. A failure is a verdict, it does not end the run. */
export async function runConformance(subject: Subject): Promise<ConformanceReport> {
  const verdicts: Record<string, Verdict> = {};
  for (const { id, skip, run } of listCases(subject)) {
    verdicts[id] = skip === null ? await verdictOf(run) : { outcome: "skipped", why: skip };
  }
  return { name: subject.name, platform: process.platform, node: process.version, verdicts };
}

async function verdictOf(run: () => Promise<void>): Promise<Verdict> {
  try {
    await run();
    return { outcome: "passed" };
  } catch (error) {
    return { outcome: "failed", why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
