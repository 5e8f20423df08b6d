import { BowspritError, ErrorCode } from "@bowsprit/core";
import { createByteBudget } from "../layout/byte-budget.ts";
import type { BlobSource } from "../layout/blob-source.ts";
import type { ImageManifest } from "../layout/image-manifest.ts";
import { readLayer } from "../layout/read-layer.ts";
import { createTarReader } from "../tar/create-tar-reader.ts";
import type { TarHandler } from "../tar/tar-entry.ts";
import type { ImageFile } from "../tree/image-file.ts";
import type { ScanOptions } from "./scan-layers.ts";

/** Takes the content of files, one after the other. Several files may share one content: links became copies. */
export interface FileSink {
  begin(files: readonly ImageFile[]): void;
  /** The chunk is valid during the call. */
  data(chunk: Buffer): void;
  end(): void;
}

/**
 * Reads the layers that hold some files once more, each to its end, so that what comes out is verified again: it counts only when this
 * has ended.
 * @throws BowspritError as `scanLayers`, and what the sink throws.
 */
export async function readFiles(
  { source, manifest }: { readonly source: BlobSource; readonly manifest: ImageManifest },
  files: readonly ImageFile[],
  options: ScanOptions & { readonly sink: FileSink },
): Promise<void> {
  const budget = createByteBudget();
  for (const [index, layer] of manifest.layers.entries()) {
    const wanted = Map.groupBy(
      files.filter((file) => file.layer === index),
      ({ ordinal }) => ordinal,
    );
    if (wanted.size === 0) continue;
    const attempt = `read layer ${index + 1} of the image in ${source.location}`;
    const reader = createTarReader(handlerOf(wanted, options.sink), { attempt });
    for await (const chunk of readLayer(source, layer, { ...options, budget })) reader.write(chunk);
    reader.finish();
    if (wanted.size > 0) throw changed(attempt);
  }
}

/** Takes out of `wanted` what was read. */
function handlerOf(wanted: Map<number, readonly ImageFile[]>, sink: FileSink): TarHandler {
  return {
    entry({ ordinal, size }) {
      const files = wanted.get(ordinal);
      if (files === undefined || files[0]?.size !== size) return false;
      wanted.delete(ordinal);
      sink.begin(files);
      return true;
    },
    data: (chunk) => sink.data(chunk),
    end: () => sink.end(),
  };
}

/** The digest would have said so first, unless somebody found two contents for one. */
function changed(attempt: string): BowspritError {
  return new BowspritError(ErrorCode.SourceRefused, `${attempt}: it is not what it was a moment ago`, {
    hint: "Try again when nothing writes to the image.",
  });
}
