import { createTarDecoder } from "modern-tar";
import type { Reader } from "./reader.ts";

/** modern-tar, told to be strict. */
export const reader: Reader = {
  keepsPieces: true,
  read: async (pieces) => {
    let entries = 0;
    const { readable, writable } = createTarDecoder({ strict: true });
    const count = async (): Promise<void> => {
      for await (const { body } of readable) {
        entries += 1;
        await body.cancel();
      }
    };
    const write = async (): Promise<void> => {
      const writer = writable.getWriter();
      for await (const piece of pieces) {
        await writer.ready;
        await writer.write(piece);
      }
      await writer.close();
    };
    await Promise.all([count(), write()]);
    return entries;
  },
};
