import { cleanText } from "./clean-text.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts";
import { metadataError } from "./metadata-error.ts";

/**
 * Reads the keys of one object of `metadata.json`, remembers which were asked for and warns of the others. Null and the empty text
 * count as absent, with a warning: templates and generators write them for what they leave out.
 */
export interface ObjectReader {
  /** The path of this object, empty for the document. */
  readonly path: string;
  pathOf(key: string): string;
  has(key: string): boolean;
  value(key: string): JsonValue | undefined;
  /** @throws BowspritError `METADATA_INVALID` for what is not a text. */
  text(key: string): string | undefined;
  /** @throws BowspritError `METADATA_INVALID` for what is not an object. */
  section(key: string): ObjectReader | undefined;
  warn(key: string, why: string): void;
  /** Warns of every key that was not asked for. */
  finish(): void;
}

/** Reads `value` at `path`; what is odd goes to `warn`. */
export function createObjectReader(value: JsonObject, path: string, warn: (warning: string) => void): ObjectReader {
  const asked = new Set<string>();
  const pathOf = (key: string): string => joinPath(path, key);
  const lookUp = (key: string): JsonValue | undefined => {
    asked.add(key);
    const found = Object.hasOwn(value, key) ? value[key] : undefined;
    if (found !== null && found !== "") return found;
    warn(`${pathOf(key)}: ${found === null ? "null" : "empty"}, taken as absent`);
    return undefined;
  };
  return {
    path,
    pathOf,
    has: (key) => Object.hasOwn(value, key),
    value: lookUp,
    text(key) {
      const found = lookUp(key);
      if (found === undefined || typeof found === "string") return found;
      throw metadataError(pathOf(key), `${kindOf(found)} where a text belongs`);
    },
    section(key) {
      const found = lookUp(key);
      if (found === undefined) return undefined;
      if (!isJsonObject(found)) throw metadataError(pathOf(key), `${kindOf(found)} where an object belongs`);
      return createObjectReader(found, pathOf(key), warn);
    },
    warn: (key, why) => warn(`${pathOf(key)}: ${why}`),
    finish() {
      for (const key of Object.keys(value).filter((name) => !asked.has(name))) refuseOrWarn(pathOf(key), key, warn);
    },
  };
}

/** The name of a value's kind, with its article, for messages. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  const kinds: Readonly<Record<string, string>> = {
    object: "an object",
    string: "a text",
    number: "a number",
    boolean: "true or false",
  };
  return kinds[typeof value] ?? "something else";
}

function joinPath(path: string, key: string): string {
  const name = /^[\w-]{1,64}$/u.test(key) ? key : JSON.stringify(cleanText(key, 64));
  return path === "" ? name : `${path}.${name}`;
}

// A key that asks for another kind of backend changes what the rest means; every other key may be unknown to us.
function refuseOrWarn(path: string, key: string, warn: (warning: string) => void): void {
  if (key === "backendType") throw metadataError(path, "asks for a kind of backend that this host does not know");
  warn(`${path}: unknown key, ignored`);
}
