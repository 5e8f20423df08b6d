import { createHash } from "node:crypto";
import type { ConsentReport } from "@bowsprit/core";

/** What somebody who agrees sends back in place of a report: its digest, which no other report has. */
export function agreementTo(report: ConsentReport): string {
  return createHash("sha256").update(JSON.stringify(report)).digest("hex");
}
