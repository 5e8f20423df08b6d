import { provide } from "@tooling/provision";
import { windowsSuite } from "./windows-suite.ts";

// Makes this computer ready for the Windows suites alone; `npm test` does it for all suites at once.
await provide([windowsSuite]);
