import { browsersSuite } from "@tooling/browsers";
import { imagesSuite } from "@tooling/images";
import { provide } from "@tooling/provision";
import { registrySuite } from "@tooling/registry";
import { windowsSuite } from "@tooling/windows";

// Makes this computer ready for all suites, with one installation for all that is missing.
await provide([windowsSuite, browsersSuite, imagesSuite, registrySuite]);
