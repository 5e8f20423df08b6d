/** Rows as aligned columns, one line each; control characters of a cell are left out, they could move the cursor. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll(/\p{Cc}+/gu, " ")));
  const widths = header.map((_, column) => Math.max(...clean.map((row) => (row[column] ?? "").length)));
  const lines = clean.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
