import type { Tally } from "./tally-run.ts";

/** What a test run says last: each skip with its reason, then the one line of counts. With `strict` a skip is called a failure. */
export function closingLines(tally: Tally, options: { readonly strict: boolean }): string[] {
  const skips = tally.skips.map(({ name, reason }) => `skipped: ${name}: ${reason ?? "no reason given"}`);
  const verdict =
    options.strict && skips.length > 0 ? ["Here a skip is a failure: this machine is meant to carry every suite."] : [];
  const counts = [`${tally.passed} passed`, `${tally.failed} failed`];
  if (skips.length > 0) counts.push(`${skips.length} skipped`);
  return [...skips, ...verdict, counts.join(", ")];
}
