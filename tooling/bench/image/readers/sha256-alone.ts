import type { Reader } from "./reader.ts";

/** The floor: nobody reads the archive. */
export const reader: Reader = {
  keepsPieces: false,
  read: async (pieces) => {
    for await (const _ of pieces);
    return 0;
  },
};
