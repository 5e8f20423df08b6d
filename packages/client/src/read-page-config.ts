import { BowspritError, ErrorCode, isJsonObject, type JsonValue } from "@bowsprit/core";
import { parseJson } from "./parse-json.ts";
import type { PageConfig } from "./wire.ts";

/**
 * Reads the text of `data-bowsprit`; unknown keys are left out.
 * @throws BowspritError `MESSAGE_MALFORMED` where it is missing or a part of it is not what it must be.
 */
export function readPageConfig(text: string | undefined): PageConfig {
  if (text === undefined) throw malformed("the script element has none");
  const config = section(parseJson(text), "it");
  const host = section(config["host"], "host");
  const offers = section(config["offers"], "offers");
  return {
    image: textOf(config["image"], "image"),
    dashboard: originOf(config["dashboard"], "dashboard"),
    host: {
      platform: textOf(host["platform"], "host.platform"),
      arch: textOf(host["arch"], "host.arch"),
      hostname: textOf(host["hostname"], "host.hostname"),
    },
    offers: {
      service: flag(offers["service"], "offers.service"),
      vm: flag(offers["vm"], "offers.vm"),
      host: flag(offers["host"], "offers.host"),
    },
  };
}

type Section = Readonly<Record<string, JsonValue | undefined>>;

function section(value: JsonValue | undefined, where: string): Section {
  if (!isJsonObject(value)) throw malformed(`${where} is not a JSON object`);
  return value;
}

function textOf(value: JsonValue | undefined, where: string): string {
  if (typeof value !== "string") throw malformed(`${where} is not a text`);
  return value;
}

function flag(value: JsonValue | undefined, where: string): boolean {
  if (typeof value !== "boolean") throw malformed(`${where} is neither true nor false`);
  return value;
}

function originOf(value: JsonValue | undefined, where: string): string {
  const text = textOf(value, where);
  if (!/^https?:/u.test(text) || !URL.canParse(text) || new URL(text).origin !== text)
    throw malformed(`${where} is not an origin`);
  return text;
}

function malformed(why: string): BowspritError {
  return new BowspritError(ErrorCode.MessageMalformed, `read data-bowsprit: ${why}`, {
    hint: "Open this page from the dashboard: the gateway writes the attribute.",
  });
}
