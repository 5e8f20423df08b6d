import type { Reader } from "./reader.ts";

/** The reader in a file of this folder. */
export async function loadReader(file: string): Promise<Reader> {
  const { reader } = (await import(`./${file}`)) as { readonly reader: Reader };
  return reader;
}
