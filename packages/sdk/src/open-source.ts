import { join } from "node:path";
import { BowspritError, type CallOptions, cleanText, ErrorCode, limits, type Platform } from "@bowsprit/core";
import { describeSource, type ExtensionImage, type ImageProgress, openFolder, openImage } from "@bowsprit/image";

export interface OpenSourceOptions extends Pick<CallOptions, "signal"> {
  /** The home, whose staging folder takes what must be uncompressed. */
  readonly home: string;
  readonly platform: Platform;
  /** Steps, in words. */
  readonly say: (step: string) => void;
}

/**
 * Opens what an argument of an install names: a folder, an archive of images, or an OCI layout. The caller disposes of it.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `METADATA_MISSING`, and what `openFolder` and `openImage` throw.
 */
export async function openSource(source: string, options: OpenSourceOptions): Promise<ExtensionImage> {
  const described = await describeSource(source);
  if (described.kind === "reference") throw noRegistry(source);
  const words = { folder: "the folder", archive: "the archive", layout: "the OCI layout" };
  options.say(`source: ${words[described.kind]} ${cleanText(described.path, limits.pathLength)}`);
  if (described.kind === "folder") return openFolder(described.path);
  const { home, platform, signal, say } = options;
  return openImage(described, {
    platform,
    staging: join(home, "staging"),
    onProgress: tellQuarters(say),
    ...(signal && { signal }),
  });
}

/** A step for each quarter of a phase: enough for a log. */
function tellQuarters(say: (step: string) => void): (progress: ImageProgress) => void {
  const words = { unpack: "uncompressing", read: "reading and verifying", write: "writing" };
  let told = "";
  return ({ phase, bytes, total }) => {
    const quarter = total === 0 ? 4 : Math.floor((4 * bytes) / total);
    const step = `${words[phase]} the image: ${quarter * 25} %`;
    if (step !== told && total > 16 * 1024 * 1024) say(step);
    told = step;
  };
}

function noRegistry(source: string): BowspritError {
  return new BowspritError(
    ErrorCode.SourceNotFound,
    `install ${source}: no such file or folder, and this version gets no images from registries or engines`,
    {
      hint: "Save the image (docker save -o image.tar, skopeo copy) and install the file, or give a folder that holds metadata.json.",
    },
  );
}
