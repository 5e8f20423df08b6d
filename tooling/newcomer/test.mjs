// `npm test`: sets up, provides what the suites need of this machine, and runs them all.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { node, runInPlace, runStep, setUp, workspace } from "./set-up.mjs";

setUp();
const provision = join(workspace, "tooling", "test", "provision.ts");
if (existsSync(provision)) runStep(node, [provision]);
runInPlace(node, [join(workspace, "tooling", "test", "main.ts"), ...process.argv.slice(2)]);
