import { createByteBudget } from "../layout/byte-budget.ts";
import type { BlobSource } from "../layout/blob-source.ts";
import type { ImageManifest } from "../layout/image-manifest.ts";
import { readLayer } from "../layout/read-layer.ts";
import { createTarReader } from "../tar/create-tar-reader.ts";
import { createLayerTree } from "../tree/create-layer-tree.ts";
import type { ImageTree } from "../tree/create-image-tree.ts";
import { mergeLayers } from "../tree/merge-layers.ts";
import { createTreeBudget } from "../tree/tree-budget.ts";

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** Told of each piece of a stored layer that was read. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Reads every layer once, verifying all of it, and puts their headers on one another. Nothing is kept but the tree.
 * @throws BowspritError `DIGEST_MISMATCH`, `SOURCE_REFUSED`, `SOURCE_NOT_FOUND`, `ABORTED`.
 */
export async function scanLayers(
  source: BlobSource,
  manifest: ImageManifest,
  options: ScanOptions = {},
): Promise<ImageTree> {
  const attempt = `read the image in ${source.location}`;
  const [bytes, trees] = [createByteBudget(), createTreeBudget(attempt)];
  const layers = [];
  for (const [index, layer] of manifest.layers.entries()) {
    const tree = createLayerTree(index, { attempt, budget: trees });
    const handler = {
      entry(entry: Parameters<typeof tree.add>[0]) {
        tree.add(entry);
        return false;
      },
      data() {},
      end() {},
    };
    const reader = createTarReader(handler, { attempt: `read layer ${index + 1} of the image in ${source.location}` });
    for await (const chunk of readLayer(source, layer, { ...options, budget: bytes })) reader.write(chunk);
    reader.finish();
    layers.push(tree);
  }
  return mergeLayers(layers);
}
