import { join } from "node:path";
import { readLibraries } from "./read-libraries.ts";
import { reportLibrary } from "./report-library.ts";

// Writes packages/*/etc/<name>.api.md from the built declarations; with --check it only says which of them are not current.
const workspace = join(import.meta.dirname, "../..");
const check = process.argv.includes("--check");

const outcomes = readLibraries(workspace).map((library) => reportLibrary(library, { check }));
for (const { path, problem } of outcomes) if (problem !== undefined) console.error(`${path}: ${problem}`);
if (outcomes.some(({ problem }) => problem !== undefined)) {
  console.error(
    check
      ? "Run `pnpm api`, read the difference, and commit it with the change that made it."
      : "The reports are not complete.",
  );
  process.exitCode = 1;
}
