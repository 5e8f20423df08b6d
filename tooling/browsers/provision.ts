import { provide } from "@tooling/provision";
import { browsersSuite } from "./browsers-suite.ts";

// Makes this computer ready for the browser suites alone; `npm test` does it for all suites at once.
await provide([browsersSuite]);
