import { rawRequest } from "@tooling/raw-http";
import { matrix, type Row } from "./matrix.ts";
import type { Place } from "./visitor.ts";

/** What one row got. */
export interface Outcome {
  readonly row: Row;
  readonly status: number;
  /** The whole answer. */
  readonly text: string;
  readonly isRed: boolean;
}

/** Sends every row, each on a connection of its own, and says which got what it must not get. */
export async function runMatrix(place: Place): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const row of matrix) {
    const { status, headers, text } = await rawRequest(place.port, row.bytes(place));
    const isClosed = row.closes !== true || headers["connection"]?.toLowerCase() === "close";
    outcomes.push({ row, status, text, isRed: !row.statuses.includes(status) || !isClosed });
  }
  return outcomes;
}
