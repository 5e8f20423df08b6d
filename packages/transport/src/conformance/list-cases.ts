import assert from "node:assert/strict";
import { withinLimits } from "@bowsprit/core";
import { createBench } from "./bench.ts";
import { coverageProblems } from "./coverage-problems.ts";
import { type Requirement, skipReason } from "./requirement.ts";
import { requirements } from "./requirements.ts";
import type { Subject } from "./subject.ts";
import { verifications } from "./verifications.ts";
import type { Verification } from "./verifies.ts";

/** One requirement, put to one subject. */
export interface ConformanceCase {
  readonly id: string;
  readonly says: string;
  /** Why it makes no sense for this subject; null when it does. Derived from traits alone. */
  readonly skip: string | null;
  /** Rejects when the subject does not keep the promise, or leaves something behind. */
  run(): Promise<void>;
}

/** Milliseconds that one case may take; the cycles have their own measure. */
const caseMs = 15_000;
const cyclesMs = 120_000;

/**
 * Every requirement as a case for the test framework of your choice: `test.skipIf(skip !== null)(id, run)`. Run them one after the
 * other: some count what the process holds.
 */
export function listCases(subject: Subject): readonly ConformanceCase[] {
  const problems = coverageProblems(
    requirements,
    verifications.map(({ id }) => id),
  );
  assert.deepEqual(problems, []);
  const listen = "transport" in subject;
  const { traits } = listen ? subject.transport : subject.dialer;
  return verifications.map((verification) => {
    const requirement: Requirement = requirements.find(({ id }) => id === verification.id) ?? { id: "", says: "" };
    return {
      id: requirement.id,
      says: requirement.says,
      skip: skipReason(requirement, { listen, traits }) ?? null,
      run: () => verify(subject, verification),
    };
  });
}

async function verify(subject: Subject, { id, run }: Verification): Promise<void> {
  const timeoutMs = id === "close.cycles-leave-nothing" ? cyclesMs : caseMs;
  {
    await using bench = createBench(subject);
    await withinLimits(id, run(bench), { timeoutMs });
  }
  assert.deepEqual((await subject.leftovers?.()) ?? [], [], "something is left behind");
}
