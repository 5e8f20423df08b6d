import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorPage } from "./error-page.ts";
import { parseErrorTable } from "./parse-error-table.ts";

// Writes docs/errors.md from the table of core; with --check it only says whether the page is current.
const workspace = join(import.meta.dirname, "../..");
const page = join(workspace, "docs/errors.md");

const fresh = errorPage(parseErrorTable(readFileSync(join(workspace, "packages/core/src/error-code.ts"), "utf8")));
const current = existsSync(page) ? readFileSync(page, "utf8") : undefined;

if (!process.argv.includes("--check")) writeFileSync(page, fresh);
else if (current !== fresh) {
  console.error(
    `${page} is ${current === undefined ? "missing" : "not current"}: run \`pnpm docs:write\` and commit it.`,
  );
  process.exitCode = 1;
}
