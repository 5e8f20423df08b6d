import { BowspritError } from "./bowsprit-error.ts";
import { cleanText, quoteText } from "./clean-text.ts";
import { readJsonDocument } from "./json-document.ts";
import { isJsonObject, type JsonValue } from "./json-value.ts";
import { limits } from "./limits.ts";

/** The link as a browser would normalise it, or undefined for what is not an absolute `https:` URL without credentials. */
export function parseHttpsLink(text: string): string | undefined {
  if (text.length > limits.linkLength || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : undefined;
}

export interface LinkListOptions {
  /** The key of the text beside each `url`. */
  readonly textKey: string;
  readonly warn: (why: string) => void;
}

/** Reads a label that holds a JSON list of `{url, <textKey>}`; what is malformed is left out with a warning. */
export function readLinkList(
  text: string,
  { textKey, warn }: LinkListOptions,
): readonly { text: string; url: string }[] {
  if (text === "") return [];
  const list = parseList(text, warn);
  if (list.length > limits.labelEntries) warn(`only the first ${limits.labelEntries} entries are read`);
  return list.slice(0, limits.labelEntries).flatMap((entry) => {
    const url = isJsonObject(entry) ? entry["url"] : undefined;
    if (!isJsonObject(entry) || typeof url !== "string") {
      warn("an entry without a url, left out");
      return [];
    }
    const link = parseHttpsLink(url.trim());
    if (link === undefined) {
      warn(`${quoteText(url)} is not an https link, left out`);
      return [];
    }
    const caption = entry[textKey];
    return [{ text: cleanText(typeof caption === "string" ? caption : "", limits.titleLength), url: link }];
  });
}

function parseList(text: string, warn: (why: string) => void): readonly JsonValue[] {
  try {
    const value = readJsonDocument(new TextEncoder().encode(text), {
      what: "the list",
      maxBytes: limits.longTextLength,
    });
    if (Array.isArray(value)) return value;
    warn("not a JSON list, left out");
  } catch (error) {
    warn(`${BowspritError.from(error).message}, left out`);
  }
  return [];
}
