import { BowspritError, ErrorCode, isJsonObject, type JsonObject, type JsonValue } from "@bowsprit/core";

/** The fields of one object of an image's document, read so that whoever else reads it cannot have read something else. */
export interface DocumentFields {
  /** Null counts as absent, as it does for the programs that write these documents. */
  value(key: string): JsonValue | undefined;
  /** Empty counts as absent. */
  text(key: string): string | undefined;
  /** A count of bytes. */
  size(key: string): number;
  object(key: string): DocumentFields | undefined;
  /** Empty where there is none. */
  list(key: string, max: number): readonly JsonValue[];
  /** Empty where there is none. */
  texts(key: string): Readonly<Record<string, string>>;
  /** The error that says what is wrong with a field. */
  refusal(key: string, why: string): BowspritError;
}

/**
 * Reads `value` as an object; `place` begins every message: `read the manifest sha256:…`.
 * Go reads keys in any case: a key in another spelling than the specification's would be one thing to an engine and nothing to us.
 * @throws BowspritError `SOURCE_REFUSED` for what is not an object; so do the methods for fields of the wrong kind.
 */
export function readFields(value: JsonValue | undefined, place: string): DocumentFields {
  if (!isJsonObject(value)) throw refused(`${place}: not an object`);
  const spellings = Map.groupBy(Object.keys(value), fold);
  const refusal = (key: string, why: string): BowspritError => refused(`${place}: ${key}: ${why}`);
  const lookUp = (key: string): JsonValue | undefined => {
    if ((spellings.get(fold(key)) ?? []).some((spelling) => spelling !== key))
      throw refusal(key, "written in another case");
    return (Object.hasOwn(value, key) ? value[key] : undefined) ?? undefined;
  };
  return {
    value: lookUp,
    refusal,
    text(key) {
      const found = lookUp(key);
      if (found !== undefined && typeof found !== "string") throw refusal(key, "not a text");
      return found === "" ? undefined : found;
    },
    size(key) {
      const found = lookUp(key);
      if (typeof found === "number" && Number.isSafeInteger(found) && found >= 0) return found;
      throw refusal(key, "not a number of bytes");
    },
    object(key) {
      const found = lookUp(key);
      return found === undefined ? undefined : readFields(found, `${place}: ${key}`);
    },
    list(key, max) {
      const found = lookUp(key) ?? [];
      if (!Array.isArray(found)) throw refusal(key, "not a list");
      if (found.length > max) throw refusal(key, `${found.length} entries, more than the limit of ${max}`);
      return found as readonly JsonValue[];
    },
    texts(key) {
      const found = lookUp(key) ?? {};
      if (isTexts(found)) return found;
      throw refusal(key, "not an object of texts");
    },
  };
}

function isTexts(value: JsonValue): value is JsonObject & Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((text) => typeof text === "string");
}

/** Both ways: some characters have only one of the cases. */
function fold(key: string): string {
  return key.toUpperCase().toLowerCase();
}

function refused(message: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, message, {
    hint: "Get the image again from who made it; engines refuse such an image, or read it in different ways.",
  });
}
