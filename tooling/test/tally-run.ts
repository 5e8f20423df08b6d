import type { TestModule } from "vitest/node";

export interface Skip {
  readonly name: string;
  /** What the test gave to `context.skip(reason)`. */
  readonly reason: string | undefined;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skips: readonly Skip[];
}

/**
 * Counts a run. What fails outside a test counts as a failure too: a file or a group that could not be run, and an error that
 * nobody caught; otherwise a suite that never started would close with "0 failed".
 */
export function tallyRun(modules: readonly TestModule[], unhandledErrors: number): Tally {
  const results = modules
    .flatMap((module) => [...module.children.allTests()])
    .map((test) => ({ test, result: test.result() }));
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  return {
    passed: results.filter(({ result }) => result.state === "passed").length,
    failed:
      results.filter(({ result }) => result.state === "failed" || result.state === "pending").length +
      groups.filter((group) => group.errors().length > 0).length +
      unhandledErrors,
    skips: results.flatMap(({ test, result }) =>
      result.state === "skipped"
        ? [{ name: `${test.module.relativeModuleId} > ${test.fullName}`, reason: result.note }]
        : [],
    ),
  };
}
