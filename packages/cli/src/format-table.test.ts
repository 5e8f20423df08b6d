import { expect, it } from "vitest";
import { formatTable } from "./format-table.ts";

it("aligns columns and lets no cell move the cursor", () => {
  const table = formatTable(
    ["ID", "TITLE"],
    [
      ["a", "one"],
      ["longer", "two\u001b[2J\nthree"],
    ],
  );
  expect(table).toBe("ID      TITLE\na       one\nlonger  two [2J three\n");
});
