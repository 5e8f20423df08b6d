import { quoteText } from "./clean-text.ts";
import { parseImagePath } from "./image-path.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.ts";
import { limits } from "./limits.ts";
import type { HostBinary, HostSection } from "./metadata.ts";
import { metadataError } from "./metadata-error.ts";
import { createObjectReader, kindOf, type ObjectReader } from "./object-reader.ts";
import type { OperatingSystem } from "./platform.ts";

/**
 * Reads `host`. An entry that names no operating system is left out with a warning: one shipped extension writes
 * `{"name": "docker", "cmd": "docker"}`. A path may stand for `{"path": …}` and for a list of one.
 * @throws BowspritError `METADATA_INVALID`.
 */
export function readHostSection(document: ObjectReader, warn: (warning: string) => void): HostSection | undefined {
  const section = document.section("host");
  if (section === undefined) return undefined;
  const path = section.pathOf("binaries");
  const list = section.value("binaries");
  section.finish();
  if (list === undefined) return { binaries: [] };
  if (!Array.isArray(list)) throw metadataError(path, `${kindOf(list)} where a list belongs`);
  if (list.length > limits.binaries) throw metadataError(path, `more than ${limits.binaries} entries`);
  const binaries = list.flatMap((entry: JsonValue, index) => {
    const at = `${path}[${index}]`;
    if (!isJsonObject(entry)) throw metadataError(at, `${kindOf(entry)} where an object belongs`);
    return readBinary(entry, at, warn);
  });
  refuseTooMany(binaries, path);
  return { binaries };
}

function readBinary(entry: JsonObject, at: string, warn: (warning: string) => void): readonly HostBinary[] {
  const reader = createObjectReader(entry, at, warn);
  const binary = {
    linux: readPaths(reader, "linux", warn),
    darwin: readPaths(reader, "darwin", warn),
    windows: readPaths(reader, "windows", warn),
  };
  if (!reader.has("linux") && !reader.has("darwin") && !reader.has("windows")) {
    warn(`${at}: names no file for linux, darwin or windows, left out`);
    return [];
  }
  reader.finish();
  return [binary];
}

function readPaths(reader: ObjectReader, os: OperatingSystem, warn: (warning: string) => void): readonly string[] {
  const value = reader.value(os);
  if (value === undefined) return [];
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  const paths = items.flatMap((item, index) => readItem(item, `${reader.pathOf(os)}[${index}]`, warn));
  if (os === "windows") for (const path of paths) refuseUnsafeOnWindows(path, reader.pathOf(os));
  return paths;
}

function readItem(item: JsonValue, at: string, warn: (warning: string) => void): readonly string[] {
  if (typeof item === "string") return [readFilePath(item, at)];
  if (!isJsonObject(item)) throw metadataError(at, `${kindOf(item)} where an object with a path belongs`);
  const reader = createObjectReader(item, at, warn);
  const path = reader.text("path");
  reader.finish();
  if (path !== undefined) return [readFilePath(path, reader.pathOf("path"))];
  warn(`${at}: has no path, left out`);
  return [];
}

function readFilePath(text: string, at: string): string {
  const path = parseImagePath(text, at);
  if (path === ".") throw metadataError(at, `${quoteText(text)} is the whole image`);
  return path;
}

// Windows drops a dot or blank at the end of a name and gives some names to devices: the file checked would not be the file run.
function refuseUnsafeOnWindows(path: string, at: string): void {
  const unsafe = /[. ](?:\/|$)|(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)|[<>:"|?*]/iu;
  if (unsafe.test(path)) throw metadataError(at, `${quoteText(path)} is not a name that Windows keeps as it is`);
}

function refuseTooMany(binaries: readonly HostBinary[], path: string): void {
  for (const os of ["linux", "darwin", "windows"] as const) {
    const count = binaries.reduce((sum, binary) => sum + binary[os].length, 0);
    if (count > limits.binaries) throw metadataError(path, `more than ${limits.binaries} files for ${os}`);
  }
}
