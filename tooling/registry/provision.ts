import { provide } from "@tooling/provision";
import { registrySuite } from "./registry-suite.ts";

// Makes this computer ready for the registry suites alone; `npm test` does it for all suites at once.
await provide([registrySuite]);
