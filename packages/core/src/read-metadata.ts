import { cleanText } from "./clean-text.ts";
import { parseImagePath } from "./image-path.ts";
import { readJsonDocument } from "./json-document.ts";
import { isJsonObject } from "./json-value.ts";
import { limits } from "./limits.ts";
import type { Metadata } from "./metadata.ts";
import { metadataError } from "./metadata-error.ts";
import { createObjectReader, kindOf, type ObjectReader } from "./object-reader.ts";
import { readHostSection } from "./read-host-section.ts";
import { type UiReading, readUiSection } from "./read-ui-section.ts";
import { readVmSection, type VmReading } from "./read-vm-section.ts";

export interface MetadataReading {
  readonly metadata: Metadata;
  /** What was odd and how it was taken, each beginning with its JSON path; for the author and for whoever installs. */
  readonly warnings: readonly string[];
}

/**
 * Reads a `metadata.json`: lenient where published extensions are odd (unknown and legacy keys, nulls, several spellings), strict in
 * what reaches the disk or names a file. Pure: whether the files exist is for whoever has the image.
 * @throws BowspritError `METADATA_INVALID`, whose message and `details.path` name the JSON path, or `details.line` and `column`.
 */
export function readMetadata(bytes: Uint8Array): MetadataReading {
  const document = readJsonDocument(bytes, { what: "metadata.json", maxBytes: limits.metadataBytes });
  if (!isJsonObject(document)) throw metadataError("", `${kindOf(document)} where an object belongs`);
  const warnings: string[] = [];
  const warn = (warning: string): void => void warnings.push(warning);
  const reader = createObjectReader(document, "", warn);
  const name = readName(reader);
  const icon = readIcon(reader);
  const ui = readUiSection(reader, name);
  const vm = readVmSection(reader);
  const host = readHostSection(reader, warn);
  const socket = chooseSocket(ui, vm, warn);
  reader.finish();
  const metadata = {
    ...(name !== undefined && { name }),
    ...(icon !== undefined && { icon }),
    ...(ui.ui !== undefined && { ui: ui.ui }),
    ...(socket !== undefined && { socket }),
    ...(vm.vm !== undefined && { vm: vm.vm }),
    ...(host !== undefined && { host }),
  };
  return { metadata, warnings: capped(warnings) };
}

function readName(reader: ObjectReader): string | undefined {
  const name = cleanText(reader.text("name") ?? "", limits.titleLength);
  return name === "" ? undefined : name;
}

// The icon is decoration: one that is not in the image is never fetched, and its absence stops nothing.
function readIcon(reader: ObjectReader): string | undefined {
  const text = reader.text("icon");
  if (text === undefined) return undefined;
  if (/^(?:[a-z][a-z0-9+.-]+:|\/\/)/iu.test(text)) {
    reader.warn("icon", "a URL, ignored: only a file of the image can be the icon");
    return undefined;
  }
  const icon = parseImagePath(text, reader.pathOf("icon"));
  if (icon !== "." && !icon.endsWith("/")) return icon;
  reader.warn("icon", "a folder, ignored");
  return undefined;
}

function chooseSocket(ui: UiReading, vm: VmReading, warn: (warning: string) => void): string | undefined {
  const legacy = "ui.dashboard-tab.backend.socket";
  if (vm.socket === undefined) {
    if (ui.socket !== undefined && vm.vm === undefined)
      warn(`${legacy}: there is no backend that could make this socket`);
    return ui.socket;
  }
  if (ui.socket !== undefined && ui.socket !== vm.socket)
    warn(`${legacy}: ignored, because vm.exposes.socket names another`);
  return vm.socket;
}

function capped(warnings: readonly string[]): readonly string[] {
  if (warnings.length <= limits.warnings) return warnings;
  return [...warnings.slice(0, limits.warnings), `and ${warnings.length - limits.warnings} more`];
}
