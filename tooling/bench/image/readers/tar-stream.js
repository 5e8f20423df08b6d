import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";

/** tar-stream, which is strict where it is not told otherwise. */
export const reader = {
  keepsPieces: true,
  read: async (pieces) => {
    let entries = 0;
    const archive = extract();
    archive.on("entry", (_header, stream, next) => {
      entries += 1;
      stream.on("end", next);
      stream.resume();
    });
    await pipeline(pieces, archive);
    return entries;
  },
};
