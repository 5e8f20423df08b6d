/** What a JSON document can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object; every key is its own, so look keys up with `Object.hasOwn` where they may be missing. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** True for an object, false for null, an array or a plain value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
