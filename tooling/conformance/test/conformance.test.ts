import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ConformanceReport, requirements } from "@bowsprit/transport/conformance";
import { findWine } from "@tooling/windows";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { conformancePage } from "../conformance-page.ts";
import { runColumns } from "../run-columns.ts";

const wine = await findWine();
const columns = [
  "in memory",
  `Unix socket (${process.platform})`,
  "named pipe (win32)",
  "a program's stdio (dials only)",
];

let reports: readonly ConformanceReport[] = [];
beforeAll(async () => {
  reports = await runColumns();
}, 500_000);

const reportOf = (name: string): ConformanceReport | undefined => reports.find((report) => report.name === name);

test("Wine is there, or its absence is named: in CI a failure, elsewhere a skip", ({ skip }) => {
  if (wine.available) return;
  const told = `${wine.reason}; to enable the named pipe's column: ${wine.enable}`;
  if (process.env["CI"] === "true") throw new Error(told);
  skip(told);
});

describe.each(columns)("%s", (name) => {
  beforeEach(({ skip }) => skip(name.startsWith("named pipe") && !wine.available, "Wine is not there"));

  test.each(requirements.map(({ id }) => id))("%s", (id) => {
    const verdict = reportOf(name)?.verdicts[id];
    expect(verdict?.outcome, verdict?.outcome === "failed" ? verdict.why : "").toMatch(/^(?:passed|skipped)$/u);
  });

  test("every requirement was run or skipped, and no transport skips more than three", () => {
    const verdicts = Object.values(reportOf(name)?.verdicts ?? {});
    expect(verdicts).toHaveLength(requirements.length);
    const skipped = verdicts.filter(({ outcome }) => outcome === "skipped");
    expect(skipped.length).toBeLessThanOrEqual(name.includes("dials only") ? requirements.length : 3);
  });
});

describe("with every column", () => {
  beforeEach(({ skip }) => skip(!wine.available, "Wine is not there"));

  test("the named pipe's comes from Windows", () => {
    expect(reportOf("named pipe (win32)")?.platform).toBe("win32");
  });

  test("docs/conformance.md says what was seen", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/conformance.md"), "utf8");
    expect(page, "run `pnpm conformance` and commit docs/conformance.md").toBe(conformancePage(reports));
  });
});
