import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Requirement } from "./requirement.ts";
import { requirements } from "./requirements.ts";

/** The rows of the fault matrix that a transport answers for. */
const matrix = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 36, 38, 39, 40].map(
  (row) => `X${String(row).padStart(2, "0")}`,
);

it("every row of the fault matrix at this layer is a requirement, or a test of Unix sockets that names it", () => {
  const required = requirements.flatMap((requirement: Requirement) => requirement.rows ?? []);
  const folders = ["../../../transport-unix-socket/test", "../../../../tooling/soak/test"].map((path) =>
    join(import.meta.dirname, path),
  );
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const tests = files.filter((name) => name.endsWith(".test.ts")).map((name) => readFileSync(name, "utf8"));
  const named = tests.flatMap((text) => text.match(/\bX\d\d(?=: )/gu) ?? []);
  expect(matrix.filter((row) => !required.includes(row) && !named.includes(row))).toEqual([]);
});
