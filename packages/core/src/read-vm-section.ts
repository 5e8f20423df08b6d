import { BowspritError } from "./bowsprit-error.ts";
import { quoteText } from "./clean-text.ts";
import { parseImagePath } from "./image-path.ts";
import { parseImageRef } from "./image-ref.ts";
import { pluginImage, type VmSection } from "./metadata.ts";
import { metadataError } from "./metadata-error.ts";
import type { ObjectReader } from "./object-reader.ts";
import { readLocalCommand } from "./read-local-command.ts";
import { parseSocketName } from "./socket-name.ts";

/** The `vm` section, and the socket that it exposes. */
export interface VmReading {
  readonly vm?: VmSection;
  readonly socket?: string;
}

/**
 * Reads `vm`. With both `image` and `composefile` the image counts, as in other hosts of these extensions; with neither and no
 * `x-local` there is no backend. `x-local` alone is a backend that only a folder can have.
 * @throws BowspritError `METADATA_INVALID`.
 */
export function readVmSection(document: ObjectReader): VmReading {
  const section = document.section("vm");
  if (section === undefined) return {};
  const image = section.text("image");
  const composefile = section.text("composefile");
  const local = section.value("x-local");
  const socket = readExposedSocket(section);
  const vm = {
    ...(image !== undefined && { image: readImage(image, section.pathOf("image")) }),
    ...(composefile !== undefined && { composefile: readComposefile(composefile, section.pathOf("composefile")) }),
    ...(local !== undefined && { local: readLocalCommand(local, section.pathOf("x-local")) }),
  };
  section.finish();
  if (Object.keys(vm).length === 0) {
    document.warn("vm", "names neither an image nor a compose file, so there is no backend");
    return {};
  }
  return { vm: withOneSource(vm, section), ...(socket !== undefined && { socket }) };
}

function withOneSource({ composefile, ...vm }: VmSection, section: ObjectReader): VmSection {
  if (composefile === undefined) return vm;
  if (vm.image === undefined) return { ...vm, composefile };
  section.warn("composefile", "ignored, because the image beside it counts");
  return vm;
}

function readImage(text: string, path: string): string {
  const trimmed = text.trim();
  if (trimmed === pluginImage || trimmed === "$DESKTOP_PLUGIN_IMAGE") return pluginImage;
  if (trimmed.includes("$")) {
    throw metadataError(
      path,
      `${quoteText(text)} is not an image`,
      `Only ${pluginImage} is replaced, and only as the whole text.`,
    );
  }
  try {
    parseImageRef(text);
    return text;
  } catch (error) {
    const { message, hint } = BowspritError.from(error);
    throw metadataError(path, message, hint);
  }
}

function readComposefile(text: string, path: string): string {
  const file = parseImagePath(text, path);
  if (file === "." || file.endsWith("/")) throw metadataError(path, `${quoteText(text)} is a folder`);
  return file;
}

function readExposedSocket(section: ObjectReader): string | undefined {
  const exposes = section.section("exposes");
  const socket = exposes?.text("socket");
  exposes?.finish();
  return exposes === undefined || socket === undefined ? undefined : parseSocketName(socket, exposes.pathOf("socket"));
}
