import { BowspritError, ErrorCode } from "@bowsprit/core";

/** A place in a compose file, counted from 1. */
export interface ComposePlace {
  readonly line: number;
  readonly column: number;
}

/** The refusal of a compose file, with the place where there is one: `read compose file: 3:5: …`. */
export function composeError(why: string, place?: ComposePlace, cause?: unknown): BowspritError {
  const where = place === undefined ? "" : `${place.line}:${place.column}: `;
  return new BowspritError(ErrorCode.ComposeInvalid, `read compose file: ${where}${why}`, {
    ...(place !== undefined && { details: { line: place.line, column: place.column } }),
    ...(cause !== undefined && { cause }),
    hint: "Check the file with docker compose config.",
  });
}
