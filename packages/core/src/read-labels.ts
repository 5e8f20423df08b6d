import { cleanText, quoteText } from "./clean-text.ts";
import { parseHttpsLink, readLinkList } from "./label-links.ts";
import { type ExtensionLabels, labelNames } from "./labels.ts";
import { limits } from "./limits.ts";

export interface LabelReading {
  readonly labels: ExtensionLabels;
  /** What was left out and why, each beginning with the label's name. */
  readonly warnings: readonly string[];
}

/**
 * Reads the labels of an extension image. Whatever they hold, it never throws: installed extensions have empty, unexpanded and broken
 * labels, and none of them is a reason not to run. An empty label is absent; what cannot be shown safely is left out with a warning.
 */
export function readLabels(source: Readonly<Record<string, string>>): LabelReading {
  const warnings: string[] = [];
  const reader = createLabelReader(source, (warning) => {
    if (warnings.length < limits.warnings) warnings.push(warning);
  });
  const labels = {
    ...reader.text("title", limits.titleLength),
    ...reader.text("description", limits.textLength),
    ...reader.text("vendor", limits.titleLength),
    ...reader.text("apiVersion", limits.titleLength),
    ...reader.link("icon"),
    screenshots: reader.links("screenshots", "alt").map(({ text, url }) => ({ alt: text, url })),
    ...reader.lines("detailedDescription"),
    ...reader.link("publisherUrl"),
    additionalUrls: reader.links("additionalUrls", "title").map(({ text, url }) => ({ title: text, url })),
    ...reader.lines("changelog"),
    categories: reader.list("categories"),
    ...reader.text("accountInfo", limits.titleLength),
    ...reader.text("licenses", limits.titleLength),
  };
  return { labels, warnings };
}

type LabelKey = keyof typeof labelNames;
type One<K extends LabelKey> = { readonly [key in K]?: string };

interface LabelReader {
  text<K extends LabelKey>(key: K, maxLength: number): One<K>;
  lines<K extends LabelKey>(key: K): One<K>;
  link<K extends LabelKey>(key: K): One<K>;
  links(key: LabelKey, textKey: string): readonly { readonly text: string; readonly url: string }[];
  list(key: LabelKey): readonly string[];
}

function createLabelReader(source: Readonly<Record<string, string>>, warn: (warning: string) => void): LabelReader {
  const raw = (key: LabelKey): string => {
    const value: unknown = Object.hasOwn(source, labelNames[key]) ? source[labelNames[key]] : undefined;
    if (value !== undefined && typeof value !== "string") warn(`${labelNames[key]}: not a text, left out`);
    return typeof value === "string" ? value.trim() : "";
  };
  const one = <K extends LabelKey>(key: K, text: string): One<K> => (text === "" ? {} : ({ [key]: text } as One<K>));
  return {
    text: (key, maxLength) => one(key, cleanText(raw(key), maxLength)),
    lines: (key) => one(key, cleanText(raw(key), limits.longTextLength, { lines: true })),
    link(key) {
      const text = raw(key);
      const url = parseHttpsLink(text);
      if (url === undefined && text !== "")
        warn(`${labelNames[key]}: ${quoteText(text)} is not an https link, left out`);
      return one(key, url ?? "");
    },
    links: (key, textKey) => readLinkList(raw(key), { textKey, warn: (why) => warn(`${labelNames[key]}: ${why}`) }),
    list: (key) =>
      raw(key)
        .slice(0, limits.textLength)
        .split(",")
        .map((item) => cleanText(item, limits.titleLength))
        .filter((item) => item !== "")
        .slice(0, limits.labelEntries),
  };
}
