import { expect, test } from "vitest";
import { errorPage } from "./error-page.ts";
import { parseErrorTable } from "./parse-error-table.ts";

const source = `/** The table. */
export const ErrorCode = {
  /** A first | one. */
  First: "FIRST_ONE",
  /**
   * A second one, said
   * on two lines.
   */
  Second: "SECOND_ONE",

  /** Another group. */
  Third: "THIRD_ONE",
} as const;
`;

test("the table is read in its order and its groups", () => {
  expect(parseErrorTable(source)).toEqual([
    [
      { code: "FIRST_ONE", meaning: "A first | one." },
      { code: "SECOND_ONE", meaning: "A second one, said on two lines." },
    ],
    [{ code: "THIRD_ONE", meaning: "Another group." }],
  ]);
});

test("a code without a sentence is refused", () => {
  expect(() => parseErrorTable(source.replace("/** Another group. */", ""))).toThrow("THIRD_ONE has no sentence");
});

test("a source without a table is refused", () => {
  expect(() => parseErrorTable("export const other = {};")).toThrow("no `export const ErrorCode");
});

test("the page has a row for each code, safe inside a table", () => {
  const page = errorPage(parseErrorTable(source));
  expect(page).toContain("| `FIRST_ONE` | A first \\| one. |\n| `SECOND_ONE` |");
  expect(page.match(/\| code \| meaning \|/g)).toHaveLength(2);
});
