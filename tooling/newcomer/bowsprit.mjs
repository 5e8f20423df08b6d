// `npm run -s bowsprit -- …`: the command line from a checkout, as if it were installed. Its streams belong to the command alone.
import { join } from "node:path";
import { node, runInPlace, setUp, workspace } from "./set-up.mjs";

setUp();
const program = join(workspace, "packages", "cli", "dist", "bin.js");
runInPlace(node, [program, ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? process.cwd() });
