import { ensureWine } from "./install-wine.ts";
import { openPrefix } from "./wine-prefix.ts";

/**
 * Makes this computer ready for the Windows suites, or says in one line why they will be skipped and what would enable them. In CI a
 * suite that cannot run is a failure: exit code 1.
 */
const wine = await ensureWine();
if (wine.available) {
  await (await openPrefix(wine))[Symbol.asyncDispose]();
} else {
  process.stderr.write(`windows: suites skipped: ${wine.reason}; to enable them: ${wine.enable}\n`);
  if (process.env["CI"] === "true") process.exitCode = 1;
}
