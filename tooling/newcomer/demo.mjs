// `npm run demo`: sets up, then walks the main flow.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { node, runInPlace, setUp, workspace } from "./set-up.mjs";

setUp();
const demo = join(workspace, "apps", "demo", "main.ts");
if (existsSync(demo)) runInPlace(node, [demo, ...process.argv.slice(2)]);
else console.log("there is no apps/demo/main.ts in this checkout");
