// The reader is no export: what is published opens whole images. This file and `strictness.ts` alone reach into the package.
import { createTarReader } from "../../../../packages/image/src/tar/create-tar-reader.ts";
import type { Reader } from "./reader.ts";

/** Ours. */
export const reader: Reader = {
  keepsPieces: false,
  read: async (pieces) => {
    let entries = 0;
    const entry = (): boolean => {
      entries += 1;
      return false;
    };
    const archive = createTarReader({ entry, data: () => {}, end: () => {} }, { attempt: "read a layer" });
    for await (const piece of pieces) archive.write(piece);
    archive.finish();
    return entries;
  },
};
