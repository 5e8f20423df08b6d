import { BowspritError } from "./bowsprit-error.ts";
import { ErrorCode } from "./error-code.ts";

/** The refusal of one place in `metadata.json`, named by its path: `ui.dashboard-tab.root`. */
export function metadataError(path: string, why: string, hint?: string): BowspritError {
  return new BowspritError(ErrorCode.MetadataInvalid, `read metadata.json: ${path === "" ? "" : `${path}: `}${why}`, {
    details: { path },
    ...(hint !== undefined && { hint }),
  });
}
