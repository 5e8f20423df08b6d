import { createTarReader, type TarReaderOptions } from "../../src/tar/create-tar-reader.ts";
import type { TarEntry } from "../../src/tar/tar-entry.ts";

/** An entry with all its data as a binary string; undefined where they were not wanted. */
export interface ReadEntry extends TarEntry {
  readonly data: string | undefined;
}

export interface ReadOptions extends Partial<TarReaderOptions> {
  /** How many bytes the next write has; all at once without it. */
  readonly cut?: () => number;
  readonly isWanted?: (entry: TarEntry) => boolean;
}

/**
 * Reads an archive to its end. Throws what the reader throws, and an `Error` when it calls its handler out of turn.
 */
export function readArchive(archive: Buffer, options: ReadOptions = {}): readonly ReadEntry[] {
  const { cut = () => archive.length, isWanted = () => true, ...rest } = options;
  const entries: ReadEntry[] = [];
  let open: { readonly entry: TarEntry; readonly data: string[]; left: number } | undefined;
  const reader = createTarReader(
    {
      entry: (entry) => {
        if (open !== undefined) throw new Error("an entry within another");
        const wanted = isWanted(entry);
        if (wanted) open = { entry, data: [], left: entry.size };
        else entries.push({ ...entry, data: undefined });
        return wanted;
      },
      data: (chunk) => {
        if (open === undefined || chunk.length === 0) throw new Error("data that nobody wants");
        open.left -= chunk.length;
        open.data.push(chunk.toString("latin1"));
      },
      end: () => {
        if (open?.left !== 0) throw new Error("an end too early");
        entries.push({ ...open.entry, data: open.data.join("") });
        open = undefined;
      },
    },
    { attempt: "read a.tar", ...rest },
  );
  for (let from = 0; from < archive.length;) {
    const to = Math.min(archive.length, from + Math.max(1, cut()));
    reader.write(archive.subarray(from, to));
    from = to;
  }
  reader.finish();
  if (open !== undefined) throw new Error("an entry without its end");
  if (reader.bytes !== archive.length) throw new Error("bytes miscounted");
  return entries;
}
