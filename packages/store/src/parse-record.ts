import { BowspritError, ErrorCode, isExtensionId, isJsonObject, parseDigest } from "@bowsprit/core";
import type { EngineChoice, ExtensionRecord, ExtensionSource } from "./extension-record.ts";

/**
 * Reads an `install.json`. What is checked is what this package and its callers rely on to find files and names; the metadata was
 * checked when it was written.
 * @throws BowspritError `HOME_UNUSABLE`, also for a document of a later Bowsprit.
 */
export function parseRecord(text: string, path: string): ExtensionRecord {
  const document = parseDocument(text, path);
  const { id, title, digest, source, engine, installedAt, metadata, services, files, binaries } = document;
  const isSound =
    typeof id === "string" &&
    isExtensionId(id) &&
    typeof title === "string" &&
    typeof digest === "string" &&
    parseSource(source) !== undefined &&
    isEngineChoice(engine) &&
    typeof installedAt === "string" &&
    isJsonObject(metadata) &&
    Array.isArray(services) &&
    Array.isArray(files) &&
    Array.isArray(binaries);
  if (!isSound) throw damaged(path, "parts of it are missing");
  parseDigest(digest);
  return document as unknown as ExtensionRecord;
}

/**
 * A document of ours: a JSON object of format 1.
 * @throws BowspritError `HOME_UNUSABLE`, with the detail `format` when it is of another format.
 */
export function parseDocument(text: string, path: string): Readonly<Record<string, unknown>> {
  const document = parseJson(text);
  if (!isJsonObject(document)) throw damaged(path, "not a JSON object");
  const { format } = document;
  if (format === 1) return document;
  if (typeof format !== "number") throw damaged(path, "it names no format");
  throw new BowspritError(ErrorCode.HomeUnusable, `read ${path}: written by a later version, in format ${format}`, {
    details: { format },
    hint: "Use the newest Bowsprit with this home, or choose another home with --home.",
  });
}

export function parseSource(value: unknown): ExtensionSource | undefined {
  const isSource = isJsonObject(value) && kinds.has(value["kind"]) && typeof value["path"] === "string";
  return isSource ? (value as unknown as ExtensionSource) : undefined;
}

const kinds: ReadonlySet<unknown> = new Set<ExtensionSource["kind"]>(["folder", "archive", "layout", "registry"]);

export function isEngineChoice(value: unknown): value is EngineChoice {
  return value === null || value === "local" || value === "docker";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function damaged(path: string, why: string): BowspritError {
  return new BowspritError(ErrorCode.HomeUnusable, `read ${path}: damaged: ${why}`, {
    hint: "Remove the extension and install it again.",
  });
}
