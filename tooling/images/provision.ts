import { provide } from "@tooling/provision";
import { imagesSuite } from "./images-suite.ts";

// Makes this computer ready for the image suites alone; `npm test` does it for all suites at once.
await provide([imagesSuite]);
