import type { JsonValue } from "@bowsprit/core";

/** The value of a JSON text, or undefined for any other text. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
