import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatTable } from "@bowsprit/transport/conformance";
import { conformancePage } from "./conformance-page.ts";
import { runColumns } from "./run-columns.ts";

// Runs the suite on every transport that this computer has, prints the table, and writes docs/conformance.md when nothing failed.
const reports = await runColumns();
console.log(formatTable(reports));
for (const { name, platform, node, verdicts } of reports) {
  if (node !== "") console.log(`${name}: ran on ${platform}, Node ${node}`);
  else console.log(`${name}: not run`);
  for (const [id, verdict] of Object.entries(verdicts)) {
    if (verdict.outcome === "skipped") console.log(`  skipped ${id}: ${verdict.why}`);
    if (verdict.outcome === "failed") console.log(`  FAILED ${id}: ${verdict.why}`);
  }
}
const verdicts = reports.flatMap((report) => Object.values(report.verdicts));
if (verdicts.some(({ outcome }) => outcome === "failed")) process.exitCode = 1;
else writeFileSync(join(import.meta.dirname, "../../docs/conformance.md"), conformancePage(reports));
