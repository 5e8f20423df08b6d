import type { ErrorTable } from "./parse-error-table.ts";

const opening = `# Errors

Every failure that a running program may meet is a \`BowspritError\`: its \`code\` is one of these, its \`message\` says what was tried and
why it failed, its \`hint\` says what to do, and its \`details\` are plain data. The table is closed: a new code is a minor release, a
renamed one is a major release. A value of a wrong type is a \`TypeError\` instead.

This page is generated from \`packages/core/src/error-code.ts\` by \`pnpm docs:write\`.
`;

/** The page \`docs/errors.md\`: one table for each group of codes. */
export function errorPage(table: ErrorTable): string {
  const groups = table.map((group) =>
    [
      "| code | meaning |",
      "| --- | --- |",
      ...group.map(({ code, meaning }) => `| \`${code}\` | ${cell(meaning)} |`),
      "",
    ].join("\n"),
  );
  return [opening, ...groups].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
