import { join } from "node:path";
import { BowspritError, type CallOptions, cleanText, formatImageRef, limits, type Platform } from "@bowsprit/core";
import {
  describeSource,
  type DownloadedImage,
  type ExtensionImage,
  openFolder,
  openImage,
  openRegistryImage,
  type RunHelper,
} from "@bowsprit/image";

export interface OpenSourceOptions extends Pick<CallOptions, "signal"> {
  /** The home: what must be downloaded or uncompressed goes there, and from there. */
  readonly home: string;
  readonly platform: Platform;
  readonly credentialHelper: RunHelper;
  /** Steps, in words. */
  readonly say: (step: string) => void;
}

const words = { folder: "the folder", archive: "the archive", layout: "the OCI layout" };

/**
 * Opens what an argument of an install names: a folder, an archive of images, an OCI layout, or an image of a registry. The caller
 * disposes of it.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `METADATA_MISSING`, and what `openFolder`, `openImage` and `openRegistryImage` throw.
 */
export async function openSource(source: string, options: OpenSourceOptions): Promise<ExtensionImage> {
  const { home, platform, signal, say, credentialHelper } = options;
  const described = await describeSource(source);
  const place = { platform, staging: join(home, "staging"), onProgress: tellQuarters(say), ...(signal && { signal }) };
  if (described.kind === "reference") {
    say(`source: the image ${cleanText(described.text, limits.pathLength)} of its registry`);
    return await openRegistryImage(described.text, {
      ...place,
      downloads: join(home, "downloads"),
      runHelper: credentialHelper,
      onResolved: (image) => say(resolved(image)),
      onDownload: ({ bytesDone, bytesTotal }) =>
        place.onProgress({ phase: "download", bytes: bytesDone, total: bytesTotal }),
    }).catch((error: unknown) => {
      throw explained(error, source);
    });
  }
  say(`source: ${words[described.kind]} ${cleanText(described.path, limits.pathLength)}`);
  return described.kind === "folder" ? openFolder(described.path) : openImage(described, place);
}

/** Who meant a folder and mistyped it gets here, too. */
function explained(error: unknown, source: string): unknown {
  if (!BowspritError.is(error) || error.hint !== undefined) return error;
  const { code, message, cause, details } = error;
  const hint = `There is no file or folder ${source} here, so it was taken for an image of a registry.`;
  return new BowspritError(code, message, { cause, details, hint });
}

function resolved({ reference, tagBecause }: DownloadedImage): string {
  const why = tagBecause === undefined ? "" : ` (no tag was given: ${tagBecause})`;
  return `image: ${formatImageRef(reference)}${why}`;
}

/** A step for each quarter of a phase: enough for a log. Small images are there before anybody has read that. */
function tellQuarters(say: (step: string) => void) {
  const phases = {
    download: "downloading",
    unpack: "uncompressing",
    read: "reading and verifying",
    write: "writing",
  };
  let told = "";
  return ({ phase, bytes, total }: { phase: keyof typeof phases; bytes: number; total: number }): void => {
    const quarter = total === 0 ? 4 : Math.floor((4 * bytes) / total);
    const step = `${phases[phase]} the image: ${quarter * 25} %`;
    if (step !== told && total > 16 * 1024 * 1024) say(step);
    told = step;
  };
}
