import { BowspritError, ErrorCode } from "@bowsprit/core";
import { imageLimits } from "./image-limits.ts";

/** How much may still be uncompressed. */
export interface ByteBudget {
  /** @throws BowspritError `SOURCE_REFUSED` when that is more than is left. */
  take(bytes: number, attempt: string): void;
}

/** One budget serves one pass over all layers of an image. */
export function createByteBudget(bytes: number = imageLimits.imageBytes): ByteBudget {
  let left = bytes;
  return {
    take(wanted, attempt) {
      left -= wanted;
      if (left >= 0) return;
      throw new BowspritError(ErrorCode.SourceRefused, `${attempt}: more than ${bytes} bytes uncompressed`, {
        hint: "Take out of the image what the extension does not need.",
      });
    },
  };
}
