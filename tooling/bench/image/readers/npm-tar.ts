import { once } from "node:events";
import { Parser } from "tar";
import type { Reader } from "./reader.ts";

/** npm's tar, told to be strict. */
export const reader: Reader = {
  keepsPieces: true,
  read: async (pieces) => {
    let entries = 0;
    const archive = new Parser({ strict: true });
    archive.on("entry", (entry: { resume(): void }) => {
      entries += 1;
      entry.resume();
    });
    const finished = once(archive, "end");
    const write = async (): Promise<void> => {
      for await (const piece of pieces) if (!archive.write(piece)) await once(archive, "drain");
      archive.end();
    };
    await Promise.all([finished, write()]);
    return entries;
  },
};
