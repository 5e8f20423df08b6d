export interface ErrorEntry {
  readonly code: string;
  readonly meaning: string;
}

/** The codes of the table in groups, in their order; an empty line of the source begins a group. */
export type ErrorTable = readonly (readonly ErrorEntry[])[];

/**
 * Reads the object `ErrorCode` of a source text.
 * @throws Error when there is no such table, or when an entry has no sentence of its own: a page with holes helps nobody.
 */
export function parseErrorTable(source: string): ErrorTable {
  const body = /export const ErrorCode = \{\n([\s\S]*?)\n\} as const;/.exec(source)?.[1];
  if (body === undefined)
    throw new Error("read the error table: the source has no `export const ErrorCode = { … } as const`");
  return body.split(/\n\s*\n/).map(parseGroup);
}

const entry = /^\s*(?:\/\*\*([\s\S]*?)\*\/\s*)?\w+: "([A-Z_]+)",/;

function parseGroup(text: string): ErrorEntry[] {
  const entries: ErrorEntry[] = [];
  for (let rest = text; rest.trim() !== "";) {
    const [all, comment = "", code = ""] = entry.exec(rest) ?? [];
    if (all === undefined) throw new Error(`read the error table: this is not an entry: ${rest.trim().slice(0, 60)}`);
    const meaning = comment
      .replace(/^\s*\*/gm, "")
      .replace(/\s+/g, " ")
      .trim();
    if (meaning === "") throw new Error(`read the error table: ${code} has no sentence`);
    entries.push({ code, meaning });
    rest = rest.slice(all.length);
  }
  return entries;
}
