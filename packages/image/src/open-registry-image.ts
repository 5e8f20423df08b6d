import { createHash } from "node:crypto";
import { mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { BowspritError, ErrorCode, formatImageRef } from "@bowsprit/core";
import type { ExtensionImage } from "./extension-image.ts";
import { openImage, type OpenImageOptions } from "./open-image.ts";
import { choosePlatform } from "./registry/choose-platform.ts";
import { type DownloadedImage, downloadImage } from "./registry/download-image.ts";
import { normaliseReference } from "./registry/registry-endpoints.ts";
import type { DownloadProgress, RegistryOptions } from "./registry/registry-options.ts";

export interface OpenRegistryImageOptions
  extends OpenImageOptions, Pick<RegistryOptions, "mirrors" | "insecureRegistries" | "dockerConfig" | "runHelper"> {
  /** A folder of ours; each image has one in it while it is downloaded and open. */
  readonly downloads: string;
  readonly onDownload?: (progress: DownloadProgress) => void;
  /** Told once which reference the image has in full, and why its tag was chosen where none was asked for. */
  readonly onResolved?: (image: DownloadedImage) => void;
}

/** What a next try can go on from. */
const resumable: ReadonlySet<ErrorCode> = new Set([
  ErrorCode.EndpointUnreachable,
  ErrorCode.ConnectionLost,
  ErrorCode.DeadlineExceeded,
  ErrorCode.EndpointForbidden,
]);

/**
 * Downloads an extension's image from its registry and opens it. What was downloaded goes when the image is disposed of, and when it was
 * called off or is not what it should be; after a failure of the network, or a kill, it stays, and the next try goes on from there.
 * @throws BowspritError what `downloadImage` and `openImage` throw.
 */
export async function openRegistryImage(text: string, options: OpenRegistryImageOptions): Promise<ExtensionImage> {
  const { downloads, platform, onDownload, onResolved, ...rest } = options;
  const name = createHash("sha256")
    .update(formatImageRef(normaliseReference(text)))
    .digest("hex")
    .slice(0, 32);
  const folder = join(downloads, name);
  const clear = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    // Another image may be there.
    await rmdir(downloads).catch(() => undefined);
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const downloaded = await downloadImage(text, {
      folder,
      choosePlatform: (index) => choosePlatform(index, platform, text),
      ...registryOptions(rest),
      ...(onDownload && { onProgress: onDownload }),
    });
    onResolved?.(downloaded);
    const image = await openImage({ kind: "layout", path: folder }, { platform, ...rest });
    return {
      ...image,
      kind: "registry",
      location: formatImageRef(downloaded.reference),
      name: downloaded.reference.familiarName,
      reference: downloaded.reference,
      async [Symbol.asyncDispose]() {
        await image[Symbol.asyncDispose]();
        await clear();
      },
    };
  } catch (error) {
    const isToResume = BowspritError.is(error) && resumable.has(error.code) && (await holdsBlobs(folder));
    if (!isToResume) await clear();
    throw error;
  }
}

async function holdsBlobs(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.some((entry) => entry.isFile());
}

function registryOptions({
  mirrors,
  insecureRegistries,
  dockerConfig,
  runHelper,
  signal,
}: Pick<
  OpenRegistryImageOptions,
  "mirrors" | "insecureRegistries" | "dockerConfig" | "runHelper" | "signal"
>): RegistryOptions {
  return {
    ...(mirrors && { mirrors }),
    ...(insecureRegistries && { insecureRegistries }),
    ...(dockerConfig !== undefined && { dockerConfig }),
    ...(runHelper && { runHelper }),
    ...(signal && { signal }),
  };
}
