import { writeFileSync } from "node:fs";
import { runConformance } from "@bowsprit/transport/conformance";
import { namedPipeSubject } from "../columns/named-pipe-subject.ts";

// One file with everything in it, for a Windows build of Node: it answers by the file that BOWSPRIT_RESULT names.
const report = await runConformance(namedPipeSubject());
writeFileSync(process.env["BOWSPRIT_RESULT"] ?? "", JSON.stringify(report));
process.exit(0);
