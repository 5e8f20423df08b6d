import { type BowspritError, ErrorCode, fromNodeError } from "@bowsprit/core";

const codes = {
  ENOENT: ErrorCode.SourceNotFound,
  ENOTDIR: ErrorCode.SourceNotFound,
  EISDIR: ErrorCode.SourceNotFound,
  EACCES: ErrorCode.SourceNotFound,
};

/** The failure to read a file or folder that comes with our own packages. */
export function unreadable(path: string, error: unknown): BowspritError {
  return fromNodeError(error, {
    attempt: `open the gateway with ${path}`,
    codes,
    hint: "It comes with an installed package; in a checkout it must be built first.",
  });
}
